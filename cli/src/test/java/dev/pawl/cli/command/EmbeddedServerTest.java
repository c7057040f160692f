package dev.pawl.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.cli.command.EmbeddedServer.Options;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {

    @Test
    void optionsKeepTheFlagsTheyWereGiven() {
        Map<String, String> flags = new HashMap<>(Map.of("pawl.api.port", "0"));
        Options options = new Options(flags, false, true);

        flags.clear();

        assertEquals(Map.of("pawl.api.port", "0"), options.flags());
    }
}
