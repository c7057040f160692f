package dev.pawl.manual.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The page of all settings, from the table of docs/operations.md, which a test of the runtime holds against the code. */
public final class SettingsPage {

    private static final Path FILE = Path.of("docs/operations.md");
    private static final Pattern VARIABLE = Pattern.compile("`(PAWL_[A-Z_]+)`");

    /** Variables that only scripts read, before there is a server. */
    private static final Pattern OF_SCRIPTS = Pattern.compile("PAWL_(?:HEAP|CLASS_ARCHIVE|ENV_FILE)");

    private SettingsPage() {}

    /** The page. */
    public static String of(Path root) throws IOException {
        var page = new StringBuilder("# Settings\n\nEvery setting of a server, with its default.")
                .append(
                        " A setting is given on the command line of `pawl serve` where it has an option, as a variable, in the file of")
                .append(
                        " `PAWL_ENV_FILE`, or in `etc/pawl.properties` as a property; the first of these counts, and `pawl config` shows")
                .append(" what is in force. [Operations](../operations.md#settings) has more about each.\n");
        for (String line : Files.readAllLines(root.resolve(FILE))) {
            if (line.startsWith("| `PAWL_")) {
                String[] cells = line.replaceFirst("^\\| ", "").split("(?<!\\\\) ?\\| ?", -1);
                List<String> names = VARIABLE.matcher(cells[0])
                        .results()
                        .map(name -> name.group(1))
                        .toList();
                String[] defaults = cells[2].split(", ", -1);
                for (int at = 0; at < names.size(); at++) {
                    setting(page, names.get(at), defaults.length == names.size() ? defaults[at] : cells[2], cells);
                }
            }
        }
        return page.toString();
    }

    private static void setting(StringBuilder page, String variable, String otherwise, String[] cells) {
        page.append("\n## ").append(variable).append("\n\n");
        if (!OF_SCRIPTS.matcher(variable).matches()) {
            page.append("- property: `")
                    .append(variable.toLowerCase(Locale.ROOT).replace('_', '.'))
                    .append("`\n");
        }
        if (!cells[1].isBlank()) {
            page.append("- option: ").append(cells[1]).append('\n');
        }
        if (!otherwise.isBlank()) {
            page.append("- default: ").append(otherwise).append('\n');
        }
        page.append("\n")
                .append(cells[3].replace("](#", "](../operations.md#").replaceAll("\\]\\((?=[a-z-]+\\.md)", "](../"));
        page.append("\n");
    }
}
