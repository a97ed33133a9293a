"""The commands of what runs by itself: ``run``, ``store``, ``schedule``. Arguments in, nightly called, result said."""
