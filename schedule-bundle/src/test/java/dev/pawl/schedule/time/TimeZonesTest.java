package dev.pawl.schedule.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Australia/Lord_Howe", "UTC", "Etc/GMT-2"})
    void aZoneIsFoundByItsName(String name) {
        assertEquals(ZoneId.of(name), TimeZones.named(name));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berln, Europe/Berlin",
        "europe/berlin, Europe/Berlin",
        "Berlin, Europe/Berlin",
        "America/New York, America/New_York",
        "new york, America/New_York"
    })
    void anErrorNamesTheNearestZones(String wrong, String meant) {
        String said = refused(wrong);
        assertTrue(said.contains("time_zone \"" + wrong + "\" is no zone"), said);
        assertTrue(said.contains("Did you mean " + meant), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "+02:00", "UTC+2", "Z", "Mars/Olympus_Mons"})
    void anOffsetAndAnInventedNameAreRefused(String name) {
        assertTrue(refused(name).contains("is no zone of the IANA database"), refused(name));
    }

    @Test
    void aLongNameIsToldShortened() {
        String said = refused("Europe/" + "x".repeat(1_000_000));
        assertTrue(said.length() < 200, said);
    }

    private static String refused(String name) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> TimeZones.named(name))
                .getMessage());
    }
}
