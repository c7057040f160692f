package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownVariablesTest {

    @Test
    void aMisspeltVariableIsNamedWithTheNearestRightOne() {
        assertEquals(
                List.of(
                        "PAWL_BOGUS is set, but Pawl has no such setting; it is ignored.",
                        "PAWL_WORKES is set, but Pawl has no such setting; it is ignored. Did you mean PAWL_WORKERS?"),
                UnknownVariables.in(Map.of("PAWL_WORKES", "3", "PAWL_BOGUS", "1", "HOME", "/root")));
    }

    @Test
    void settingsAndTheCommandsOwnVariablesAreKnown() {
        assertEquals(
                List.of(),
                UnknownVariables.in(
                        Map.of("PAWL_WORKERS", "3", "PAWL_TOKEN", "x", "PAWL_HEAP", "1g", "PAWL_SERVER", "u")));
    }
}
