package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of settings in docs/operations.md, from which the manual's reference is made, says what the code does. */
class DocumentedSettingsTest {

    private static final Path PAGE = Path.of("../docs/operations.md");
    private static final Pattern ROW = Pattern.compile("\\| (`PAWL_[^|]*?) \\| ([^|]*?) ?\\| ([^|]*?) ?\\| .*");
    private static final Pattern NAME = Pattern.compile("`(PAWL_[A-Z_]+)`");

    /** Variables that bin/pawl reads, or that say where settings are. */
    private static final Set<String> OF_SCRIPTS = Set.of("PAWL_HEAP", "PAWL_CLASS_ARCHIVE", "PAWL_ENV_FILE");

    /** The cells of the row of each variable: its option and its default. */
    private final Map<String, String[]> rows = new LinkedHashMap<>();

    DocumentedSettingsTest() throws IOException {
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> names = NAME.matcher(row.group(1))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
                String[] defaults = row.group(3).split(", ", -1);
                for (int at = 0; at < names.size(); at++) {
                    String own = defaults.length == names.size() ? defaults[at] : row.group(3);
                    rows.put(names.get(at), new String[] {row.group(2), own});
                }
            }
        }
    }

    @Test
    void everySettingIsThereAndNoOther() {
        Set<String> known =
                Settings.TABLE.stream().map(Setting::environment).collect(Collectors.toCollection(TreeSet::new));
        known.addAll(OF_SCRIPTS);
        assertEquals(known, new TreeSet<>(rows.keySet()));
    }

    @Test
    void everyOptionAndDefaultIsTheTrueOne() {
        for (Setting setting : Settings.TABLE) {
            String[] row = rows.get(setting.environment());
            assertEquals(setting.flag().map(flag -> "`" + flag + "`").orElse(""), row[0], setting.environment());
            boolean isSimple = row[1].startsWith("`");
            assertTrue(
                    !isSimple || row[1].equals("`" + setting.fallback() + "`"),
                    () -> setting.environment() + " has the default " + setting.fallback() + ", not " + row[1]);
        }
    }
}
