package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {

    @TempDir
    private Path folder;

    @Test
    void everyCommandHasAPage() throws Exception {
        ManPages.write(folder);

        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.count() > 40);
        }
        for (String command : PawlCommand.names()) {
            assertTrue(Files.exists(folder.resolve("pawl-" + command + ".1")), command);
        }
        assertFalse(Files.exists(folder.resolve("pawl-__values.1")));
    }

    @Test
    void aPageHasWhatTheHelpSays() throws Exception {
        ManPages.write(folder);

        List<String> page = Files.readAllLines(folder.resolve("pawl-jobs.1"));
        assertTrue(page.get(0).startsWith(".TH \"PAWL-JOBS\" 1 "), page.get(0));
        int name = page.indexOf(".SH NAME");
        assertEquals("pawl\\-jobs \\- Lists jobs, newest first", page.get(name + 1));
        int limit = page.indexOf("\\fB\\-n, \\-\\-limit NUMBER\\fR");
        assertEquals("The greatest number of jobs, 1 to 1000. Default: 20.", page.get(limit + 1));
        assertTrue(page.stream().noneMatch(line -> line.contains("${C") || line.contains("${D")), page.toString());
    }
}
