package dev.pawl.base.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    @Test
    void partsAreReadAndWrittenForJdbc() {
        PostgresUrl url = PostgresUrl.parse(
                        "postgresql://p%40wl@one.example.org:6432,[::1]/my%20jobs?sslmode=verify-full&sslrootcert=/etc/a%26b.pem")
                .orElseThrow();

        assertEquals(
                new PostgresUrl(
                        "p@wl",
                        List.of("one.example.org:6432", "[::1]"),
                        "my jobs",
                        Map.of("sslmode", "verify-full", "sslrootcert", "/etc/a&b.pem")),
                url);
        assertEquals("postgresql://one.example.org:6432,[::1]/my jobs", url.place());
        assertEquals(
                Optional.of("jdbc:postgresql://db/a%2Bb?targetServerType=primary&sslmode=require"),
                PostgresUrl.parse("postgres://db/a+b?sslmode=require").map(PostgresUrl::jdbc));
    }

    @Test
    void anAddressWithoutAUserIsThatOfTheSystems() {
        assertEquals(
                Optional.of(new PostgresUrl("", List.of("db"), "pawl", Map.of())),
                PostgresUrl.parse(" postgresql://db/pawl "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "db/pawl",
                "mysql://db/pawl",
                "postgresql://db",
                "postgresql://db/",
                "postgresql:///pawl",
                "postgresql://me:secret@db/pawl",
                "postgresql://me@you@db/pawl",
                "postgresql://db:0/pawl",
                "postgresql://db:65536/pawl",
                "postgresql://db:x/pawl",
                "postgresql://db,/pawl",
                "postgresql://d b/pawl",
                "postgresql://db/pawl/more",
                "postgresql://db/pawl#more",
                "postgresql://db/pa%zzwl",
                "postgresql://db/pa%00wl",
                "postgresql://db/pawl?sslmode=on",
                "postgresql://db/pawl?sslmode=require&sslmode=disable",
                "postgresql://db/pawl?sslrootcert=",
                "postgresql://db/pawl?password=secret",
                "postgresql://db/pawl?socketFactory=any.Class"
            })
    void otherTextsAreNoAddress(String text) {
        assertEquals(Optional.empty(), PostgresUrl.parse(text));
    }
}
