package dev.pawl.samples.matroska;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.NeedsProgram;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of options against the help of the installed program. */
final class MkvmergeOptionTest {

    private static final Pattern OPTION = Pattern.compile("(?m)^  (?:-\\w, )?--([a-z0-9-]+)(?: (<[^>]*>|out))?");

    @Test
    @NeedsProgram("mkvmerge")
    void eachOptionOfTheProgramTakesWhatTheTableSays() throws Exception {
        Process process = new ProcessBuilder("mkvmerge", "--help").start();
        String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();

        Matcher option = OPTION.matcher(help);
        int options = 0;
        while (option.find()) {
            options++;
            check(option.group(1), Optional.ofNullable(option.group(2)).orElse(""));
        }
        assertTrue(options > 100, "The help names " + options + " options.");
    }

    /** A newer program may have options that the table does not know; those that it knows are right. */
    private static void check(String name, String argument) {
        Optional<MkvmergeOption> kind = MkvmergeOption.of(name);
        if (kind.isEmpty() || kind.get() == MkvmergeOption.REFUSED) {
            return;
        }
        assertEquals(kind.get() == MkvmergeOption.FLAG, argument.isEmpty(), "--" + name + " " + argument);
        boolean takesFile = kind.get() == MkvmergeOption.FILE || kind.get() == MkvmergeOption.TRACK_FILE;
        assertEquals(takesFile, argument.contains("file>"), "--" + name + " " + argument);
        assertEquals(
                kind.get() == MkvmergeOption.TRACK || kind.get() == MkvmergeOption.TRACK_FILE,
                argument.startsWith("<TID") || name.equals("fourcc"),
                "--" + name + " " + argument);
    }

    @Test
    void nothingIsListedTwiceAndUnknownOptionsAreUnknown() {
        assertEquals(Optional.of(MkvmergeOption.FILE), MkvmergeOption.of("chapters"));
        assertEquals(Optional.of(MkvmergeOption.FLAG), MkvmergeOption.of("no-chapters"));
        assertEquals(Optional.empty(), MkvmergeOption.of("chapter"));
        assertEquals(Optional.empty(), MkvmergeOption.of(""));
    }
}
