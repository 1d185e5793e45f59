// The one small program, in Java: see examples/README.md.
import io.github.aerocodes.Advice;
import io.github.aerocodes.Aerocodes;
import io.github.aerocodes.Code;
import io.github.aerocodes.Dialects;
import io.github.aerocodes.Finding;
import io.github.aerocodes.Operations;
import io.github.aerocodes.Reading;
import io.github.aerocodes.Translation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.stream.Collectors;

public class Explain {
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: explain CODES TRACE");
            System.exit(2);
        }
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        for (String line : Files.readAllLines(Paths.get(args[0]))) {
            if (line.isEmpty()) {
                continue;
            }
            String[] parts = line.split(" ");
            Code code = Aerocodes.dialect(parts[0]).code(Integer.parseInt(parts[1]));
            Reading reading = code.lookup();
            out.printf("%s %s = %s [%s]%n", code, or(reading.getName()), or(reading.getCondition()), reading.getCategory());
            out.printf("  %s%n", or(reading.getSummary()));
            Advice a = code.advise(Operations.WRITE);
            out.printf("  write: retry %s, applied %s, safe %s%n", a.getRetryable(), a.getMaybeApplied(), a.getRetryableNotApplied());
            Translation t = code.translate(Dialects.GO);
            String values = t.getTargets().stream().map(r -> "" + r.getValue()).collect(Collectors.joining(", "));
            out.printf("  go: %s %s%n", t.getKind(), values.isEmpty() ? "-" : values);
        }
        String trace = new String(Files.readAllBytes(Paths.get(args[1])), StandardCharsets.UTF_8);
        for (Finding f : Aerocodes.recognize(trace)) {
            String dialect = f.getDialect() == null ? "?" : f.getDialect().toString();
            out.printf("%sfound %s:%s %s%n", f.getNested() ? "  " : "", dialect, or(f.getValue()), or(f.getCondition()));
        }
    }

    private static Object or(Object o) {
        return o == null ? "-" : o;
    }
}
