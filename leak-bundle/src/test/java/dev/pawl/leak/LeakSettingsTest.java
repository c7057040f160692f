package dev.pawl.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakSettingsTest {

    @Test
    void whatIsNotSetHasADefault() {
        Path home = Path.of(System.getProperty("user.home"), ".pawl");
        assertEquals(new LeakSettings(Duration.ofSeconds(20), home), LeakSettings.of(name -> null));
    }

    @Test
    void theFrameworksPropertiesAreRead() {
        Map<String, String> properties = Map.of("pawl.leak.check", " 0s ", "pawl.data.dir", "/srv/pawl");
        assertEquals(new LeakSettings(Duration.ZERO, Path.of("/srv/pawl")), LeakSettings.of(properties::get));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "61m", "soon"})
    void aTimeThatItDoesNotTakeIsRefusedByTheNameOfItsSetting(String text) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> LeakSettings.of(Map.of("pawl.leak.check", text)::get));
        assertEquals("pawl.leak.check is \"" + text + "\"; it takes 0s to 1h.", refused.getMessage());
    }
}
