package dev.pawl.http.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class QueryTest {

    private final Query limit = Query.integer("limit", 1, 10, 5, "");
    private final Query mode = Query.choice("mode", UpdateMode.class, "move", "");

    @Test
    void anAbsentParameterHasItsDefault() {
        assertEquals(Optional.of("5"), limit.read(null));
        assertEquals(Optional.of("move"), mode.read(null));
        assertEquals(Optional.of("false"), Query.flag("dry_run", "").read(null));
        assertEquals(Optional.empty(), Query.text("q", "").read(null));
    }

    @Test
    void aValueOutsideTheRangeIsRefusedWithTheRange() {
        assertEquals(Optional.of("10"), limit.read("10"));
        assertEquals("limit is \"11\"; it takes a whole number, 1 to 10.", refused(limit, "11"));
        assertEquals("limit is \"\"; it takes a whole number, 1 to 10.", refused(limit, ""));
        assertEquals(
                "limit is \"99999999999999999999\"; it takes a whole number, 1 to 10.", refused(limit, "9".repeat(20)));
        assertEquals("limit is 50 characters; it takes a whole number, 1 to 10.", refused(limit, "1".repeat(50)));
        assertEquals("mode is \"MOVE\"; it takes one of move, finish, now.", refused(mode, "MOVE"));
        assertEquals("dry_run is \"1\"; it takes true or false.", refused(Query.flag("dry_run", ""), "1"));
        assertEquals(
                "q is 1001 characters; it takes a text of 1 to 1000 characters.",
                refused(Query.text("q", ""), "x".repeat(1_001)));
    }

    @Test
    void aLimitAboveTheMostIsCutToIt() {
        Query most = Query.limit(1_000, 100, "");
        assertEquals(Optional.of("100"), most.read(null));
        assertEquals(Optional.of("7"), most.read("7"));
        assertEquals(Optional.of("1000"), most.read("1001"));
        assertEquals(Optional.of("1000"), most.read("9".repeat(20)));
        assertEquals(
                "limit is \"0\"; it takes a whole number, 1 or more, of which at most 1000 count.", refused(most, "0"));
        assertEquals(
                "limit is \"-1\"; it takes a whole number, 1 or more, of which at most 1000 count.",
                refused(most, "-1"));
    }

    @Test
    void namesAndValuesAreDecoded() {
        assertEquals(Map.of("a b", "c&d", "e", ""), QueryString.parse("a%20b=c%26d&e&"));
        assertEquals(Map.of(), QueryString.parse(null));
        assertThrows(ProblemException.class, () -> QueryString.parse("a=%zz"));
        assertThrows(ProblemException.class, () -> QueryString.parse("a=1&a=2"));
    }

    private static String refused(Query query, String value) {
        return assertThrows(ProblemException.class, () -> query.read(value)).getMessage();
    }
}
