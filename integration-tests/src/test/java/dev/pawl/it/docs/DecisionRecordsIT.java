package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Checks the decision records: each gives its number, date and status in the same form, and the index lists them all. */
class DecisionRecordsIT {

    private static final Path FOLDER = Path.of(System.getProperty("pawl.root")).resolve("docs/adr");
    private static final Pattern HEAD = Pattern.compile(
            "# (\\d+)\\. (.+)\n\nDate: (\\d{4}-\\d{2}-\\d{2})\\. Status: (accepted|superseded)(.*)\\.\n\n");
    private static final Pattern LATER = Pattern.compile("superseded by \\[ADR (\\d+)]");
    private static final Pattern ROW = Pattern.compile("\\| (?:\\[(\\d+)]\\(.*?\\)|(\\d+)) \\| .*");

    private static final Map<Integer, Path> FILES = new TreeMap<>();
    private static final Map<Integer, String> TEXTS = new TreeMap<>();
    private static String index = "";

    @BeforeAll
    static void readTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals("README.md")) {
                    index = Files.readString(file);
                } else {
                    FILES.put(Integer.parseInt(name.substring(0, 4)), file);
                    TEXTS.put(Integer.parseInt(name.substring(0, 4)), Files.readString(file));
                }
            }
        }
        assertTrue(FILES.size() > 40, FILES.keySet()::toString);
    }

    @Test
    void everyRecordHasItsNumberADateAndAStatusAndStandsInTheIndex() {
        assertAll(TEXTS.entrySet().stream().map(each -> (Executable) () -> {
            Matcher head = HEAD.matcher(each.getValue());
            assertTrue(
                    head.lookingAt(),
                    FILES.get(each.getKey())
                            + " does not begin like \"# 7. Title\", \"Date: 2026-01-31. Status: accepted.\"");
            assertEquals(each.getKey(), Integer.parseInt(head.group(1)));
            String row = "| [%d](%s) | %s | %s | %s%s |"
                    .formatted(
                            each.getKey(),
                            FILES.get(each.getKey()).getFileName(),
                            head.group(2),
                            head.group(3),
                            head.group(4),
                            head.group(5));
            assertTrue(index.lines().anyMatch(row::equals), "docs/adr/README.md does not have the row " + row);
        }));
    }

    @Test
    void theIndexHasEveryNumberOnceAndInOrder() {
        List<Integer> listed = new ArrayList<>();
        Matcher row = ROW.matcher(index);
        while (row.find()) {
            int number = Integer.parseInt(row.group(1) == null ? row.group(2) : row.group(1));
            listed.add(number);
            assertEquals(FILES.containsKey(number), row.group(1) != null, row::group);
        }
        List<Integer> all =
                Stream.iterate(1, number -> number + 1).limit(listed.size()).toList();
        assertEquals(all, listed);
        assertTrue(listed.containsAll(FILES.keySet()));
    }

    @Test
    void aRecordThatSupersedesAnotherSaysSo() {
        int found = 0;
        for (Map.Entry<Integer, String> each : TEXTS.entrySet()) {
            Matcher head = HEAD.matcher(each.getValue());
            Matcher later = LATER.matcher(head.lookingAt() ? head.group() : "");
            while (later.find()) {
                found++;
                String text = TEXTS.getOrDefault(Integer.parseInt(later.group(1)), "");
                String back = "[ADR " + each.getKey() + "]";
                assertTrue(
                        text.lines().anyMatch(line -> line.startsWith("Supersedes ") && line.contains(back)),
                        "ADR " + later.group(1) + " does not say that it supersedes " + back);
            }
        }
        assertTrue(found > 0);
    }
}
