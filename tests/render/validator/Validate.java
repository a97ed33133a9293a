import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validate FLAVOUR FILE...: one line a failed rule, "FILE FLAVOUR clause-test count: message"; "FILE FLAVOUR ok" where none fails. */
public class Validate {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean clean = true;
        for (String name : args[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
            for (int i = 1; i < args.length; i++) {
                clean &= check(args[i], flavour);
            }
        }
        System.exit(clean ? 0 : 1);
    }

    private static boolean check(String file, PDFAFlavour flavour) throws Exception {
        Map<String, Integer> failed = new TreeMap<>();
        try (InputStream in = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion a : result.getTestAssertions()) {
                if (a.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber() + " " + a.getMessage();
                    if (System.getenv("WHERE") != null) rule += " @ " + a.getLocation().getContext();
                    failed.merge(rule, 1, Integer::sum);
                }
            }
            if (result.isCompliant() && failed.isEmpty()) {
                System.out.println(file + " " + flavour.getId() + " ok");
            }
        }
        failed.forEach((rule, n) -> System.out.println(file + " " + flavour.getId() + " " + n + "x " + rule));
        return failed.isEmpty();
    }
}
