package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.runtime.settings.SettingList.Origins;
import dev.pawl.runtime.settings.SettingList.RoleNames;
import dev.pawl.runtime.settings.SettingType.Host;
import dev.pawl.runtime.settings.SettingType.Location;
import dev.pawl.runtime.settings.SettingType.Time;
import dev.pawl.runtime.settings.SettingType.TrustedUrl;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

    @ParameterizedTest
    @ValueSource(strings = {"0s", "500ms", "10s", "5m", "1h", "60m"})
    void timesUpToAnHourAreAccepted(String text) {
        assertEquals(Optional.of(text), new Time().read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-1s", "1.5s", "1d", "3601s", "9999999999s", "s", "ten"})
    void otherTimesAreNot(String text) {
        assertEquals(Optional.empty(), new Time().read(text));
    }

    @Test
    void aTildeIsTheHomeOfTheUser() {
        String home = System.getProperty("user.home");

        assertEquals(Optional.of(home), new Location().read("~"));
        assertEquals(Optional.of(Path.of(home, "data").toString()), new Location().read("~/data"));
    }

    @Test
    void aRelativePathIsMadeAbsolute() {
        assertEquals(
                Optional.of(Path.of("data").toAbsolutePath().toString()), new Location().read("./somewhere/../data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "pawl.example.org", "::1", "0.0.0.0"})
    void namesAndAddressesAreHosts(String text) {
        assertEquals(Optional.of(text), new Host().read(text));
    }

    @Test
    void bracketsAroundAnAddressAreDropped() {
        assertEquals(Optional.of("::1"), new Host().read("[::1]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "127.0.0.1:80", "a/b", "a,b"})
    void otherTextsAreNoHosts(String text) {
        assertEquals(Optional.empty(), new Host().read(text));
    }

    @Test
    void originsAreTakenApartAndPutTogetherAgain() {
        assertEquals(
                Optional.of("https://a.example,http://localhost:3000"),
                new Origins().read(" https://a.example, ,http://localhost:3000 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "a.example", "https://a.example/", "ftp://a.example", "https://", "https://a.example?x=1"})
    void whatIsNoOriginIsRefused(String text) {
        assertEquals(Optional.empty(), new Origins().read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "https://id.example.org/realms/main", "http://127.0.0.1:9000", "http://localhost:9000/"})
    void issuersAreReachedOverTlsOrOnThisMachine(String text) {
        assertEquals(Optional.of(text), new TrustedUrl().read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.org",
                "id.example.org",
                "https://u:p@id.example.org",
                "https://x.example?y=1",
                "::"
            })
    void otherAddressesAreNoIssuers(String text) {
        assertEquals(Optional.empty(), new TrustedUrl().read(text));
    }

    @Test
    void namesGiveRoles() {
        assertEquals(Optional.of("cn=ops=operator,boss=ADMIN"), new RoleNames().read("cn=ops=operator, ,boss=ADMIN "));
        assertEquals(Optional.empty(), new RoleNames().read("ops=root"));
        assertEquals(Optional.empty(), new RoleNames().read("=admin"));
    }

    @Test
    void aRefusedAddressIsShownWithoutItsPassword() {
        assertEquals("postgresql://********@db/pawl?x=1", SettingType.shown("postgresql://me:secret@word@db/pawl?x=1"));
        assertEquals("mail@example.com", SettingType.shown("mail@example.com"));
    }
}
