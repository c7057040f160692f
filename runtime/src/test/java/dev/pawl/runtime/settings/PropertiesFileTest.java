package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The file {@code etc/pawl.properties} of the distribution shows every setting, each in a comment and with its default. */
class PropertiesFileTest {

    private static final Pattern LINE = Pattern.compile("# (pawl\\.[a-z.]+) =(?: (.*))?");

    /** The value that the file shows for each property. */
    private final Map<String, String> shown = new LinkedHashMap<>();

    PropertiesFileTest() throws IOException {
        for (String line : Files.readAllLines(Path.of("src/main/dist/etc/pawl.properties"))) {
            assertTrue(line.isEmpty() || line.startsWith("#"), () -> "this line sets something: " + line);
            Matcher setting = LINE.matcher(line);
            if (setting.matches()) {
                String value = setting.group(2) == null ? "" : setting.group(2);
                assertEquals(null, shown.put(setting.group(1), value), () -> "twice: " + line);
            }
        }
    }

    @Test
    void everySettingIsThereAndNoOther() {
        assertEquals(
                Settings.TABLE.stream().map(Setting::property).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(shown.keySet()));
    }

    @Test
    void everyValueIsTheDefaultOrAnExampleOfASettingThatHasNone() {
        for (Setting setting : Settings.TABLE) {
            String value = shown.getOrDefault(setting.property(), "");
            if (setting.fallback().isEmpty()) {
                assertTrue(
                        setting.kind().read(value).isPresent(), () -> setting.property() + " does not take " + value);
            } else {
                assertEquals(setting.fallback().replace("<data>", "~/.pawl"), value, setting.property());
            }
        }
    }
}
