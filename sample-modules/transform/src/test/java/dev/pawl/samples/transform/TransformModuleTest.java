package dev.pawl.samples.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransformModuleTest {

    private static final String PEOPLE = """
            name,city,age
            "Müller, Ärnä",Köln,41
            "Ann ""the"" Lee","New
            York",7
            Bo,東京,
            """;

    @TempDir
    Path folder;

    private Path work;

    @BeforeEach
    void makeWorkFolder() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private JobHarness job(String source, String output, Map<String, ?> more) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("source", folder.resolve(source).toString());
        inputs.put("output", folder.resolve(output).toString());
        inputs.putAll(more);
        return JobHarness.of(TransformModule::new).roots(folder).workDir(work).inputs(inputs);
    }

    private String converted(String source, String output, Map<String, ?> more) throws IOException {
        HarnessRun run = job(source, output, more).run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertEquals(100, run.percent());
        return Files.readString(folder.resolve(output));
    }

    private String refusal(String source, String output, Map<String, ?> more) {
        HarnessRun run = job(source, output, more).run();
        assertTrue(
                run.outcome() == Outcome.VALIDATION_FAILED || run.outcome() == Outcome.RUN_FAILED,
                () -> run.outcome() + " " + run.results());
        assertFalse(Files.exists(folder.resolve(output)));
        return String.valueOf(run.thrown().getMessage());
    }

    private static void assertIn(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }

    @Test
    void csvBecomesJsonLines() throws IOException {
        file("people.csv", PEOPLE);

        assertEquals("""
                {"name":"Müller, Ärnä","city":"Köln","age":41}
                {"name":"Ann \\"the\\" Lee","city":"New\\nYork","age":7}
                {"name":"Bo","city":"東京","age":null}
                """, converted("people.csv", "people.jsonl", Map.of("types", Map.of("age", "integer"))));
    }

    @Test
    void everyFormatBecomesEveryOtherAndComesBack() throws IOException {
        file("people.csv", PEOPLE);
        Map<String, ?> age = Map.of();
        for (String way : List.of("jsonl", "json", "xml", "csv")) {
            converted("people.csv", "there." + way, age);
            assertEquals(PEOPLE, converted("there." + way, "back-" + way + ".csv", age), way);
        }
    }

    @Test
    void aCsvRecordMayEndInAnyWayAndTheFileWithoutAny() throws IOException {
        file("windows.csv", "\uFEFFa;b\r\n1;\"x\r\ny\"\r\n\r\n2;z");

        assertEquals(
                "{\"a\":\"1\",\"b\":\"x\\r\\ny\"}\n{\"a\":\"2\",\"b\":\"z\"}\n",
                converted("windows.csv", "o.jsonl", Map.of("csv", Map.of("delimiter", ";"))));
    }

    @Test
    void anOlderEncodingIsRead() throws IOException {
        Files.write(folder.resolve("old.csv"), "stadt\nKöln\n".getBytes(StandardCharsets.ISO_8859_1));

        assertIn(
                "line 2 of " + folder.resolve("old.csv") + " is bad: it is no text in UTF-8",
                refusal("old.csv", "o.jsonl", Map.of()));
        assertEquals("{\"stadt\":\"Köln\"}\n", converted("old.csv", "o.jsonl", Map.of("encoding", "ISO-8859-1")));
        Files.write(folder.resolve("wide.csv"), "\uFEFFa\n1\n".getBytes(StandardCharsets.UTF_16LE));
        assertIn("iconv", refusal("wide.csv", "w.jsonl", Map.of()));
    }

    @Test
    void compressedSourcesAreRead() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.csv.gz")))) {
            out.write(PEOPLE.getBytes(StandardCharsets.UTF_8));
        }
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(folder.resolve("b.csv.zst")))) {
            out.write(PEOPLE.getBytes(StandardCharsets.UTF_8));
        }

        assertEquals(PEOPLE, converted("a.csv.gz", "a.csv", Map.of()));
        assertEquals(PEOPLE, converted("b.csv.zst", "b.csv", Map.of()));
    }

    @Test
    void xmlRecordsOfAnyDepthAreRead() throws IOException {
        file("orders.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- <order>no</order> -->
                <shop xmlns:x="urn:x"><head><made>now</made></head>
                  <orders>
                    <order id="1"><item>a &lt; b</item><item>c</item><x:note><![CDATA[</order>]]></x:note></order>
                    <ordering/>
                    <order id="2" text="a > b"/>
                  </orders></shop>
                """);

        assertEquals("""
                {"id":"1","item":["a < b","c"],"x:note":"</order>"}
                {"id":"2","text":"a > b"}
                """, converted("orders.xml", "o.jsonl", Map.of("xml", Map.of("record", "order"))));
    }

    @Test
    void xmlThatCouldReferToOtherFilesIsRefused() throws IOException {
        file("secret.txt", "secret");
        file(
                "bad.xml",
                "<!DOCTYPE r [<!ENTITY e SYSTEM \""
                        + folder.resolve("secret.txt").toUri() + "\">]><r><a>&e;</a></r>");
        file("entity.xml", "<r><a><b>&e;</b></a></r>");

        assertIn("document type declaration", refusal("bad.xml", "o.jsonl", Map.of()));
        assertIn("Undeclared general entity", refusal("entity.xml", "o.jsonl", Map.of()));
    }

    @Test
    void aBadRecordFailsTheJobWithItsLineAndItsText() throws IOException {
        file("log.jsonl", "{\"a\":1}\n\n{\"a\":2,}\n{\"a\":3}\n");

        String message = refusal("log.jsonl", "o.jsonl", Map.of());

        assertTrue(message.contains("The record at line 3 of " + folder.resolve("log.jsonl") + " is bad: "), message);
        assertTrue(message.contains("It begins with \"{\"a\":2,}\". Correct it, or give on_error: skip"), message);
    }

    @Test
    void badRecordsAreLeftOutAndKeptWhenAskedFor() throws IOException {
        file("log.jsonl", "{\"a\":1}\n{\"a\":2,}\n[3]\n{\"a\":4}\n");

        HarnessRun run = job(
                        "log.jsonl",
                        "o.jsonl",
                        Map.of(
                                "on_error",
                                "skip",
                                "rejects",
                                folder.resolve("bad.jsonl").toString()))
                .run();

        assertEquals("{\"a\":1}\n{\"a\":4}\n", Files.readString(folder.resolve("o.jsonl")));
        assertEquals(2, run.results().get(0).get("rejected"));
        assertTrue(run.lines().get(1).contains("line 3"), () -> run.lines().toString());
        List<String> rejects = Files.readAllLines(folder.resolve("bad.jsonl"));
        assertEquals("{\"line\":3,\"reason\":\"it is no JSON object\",\"text\":\"[3]\"}", rejects.get(1));
        assertIn(
                "There are 2 bad records, which most_rejects does not allow.",
                refusal("log.jsonl", "p.jsonl", Map.of("on_error", "skip", "most_rejects", 2)));
    }

    @Test
    void aSourceThatIsBrokenOrCutSaysWhere() throws IOException {
        file("open.csv", "a,b\n1,\"x\n2,y\n");
        file("cut.json", "[{\"a\":1},\n{\"a\":2}");
        file("no.json", "[{\"a\":1}\n{\"a\":2}]");
        file("cut.xml", "<r><a/><b></b>");
        file("twice.csv", "a,a\n1,2\n");

        assertIn("is broken at line 2: a quote that opens", refusal("open.csv", "o.csv", Map.of()));
        assertIn("the file ends before the ] of its array", refusal("cut.json", "o.csv", Map.of()));
        assertIn("there is '{' where a comma or the ] of the array", refusal("no.json", "o.csv", Map.of()));
        assertIn("before its root element is closed", refusal("cut.xml", "o.csv", Map.of()));
        assertIn("the header names two columns a", refusal("twice.csv", "o.csv", Map.of()));
    }

    @Test
    void aRecordLongerThanAllowedIsNeitherReadNorKeptInMemory() throws IOException {
        file("long.jsonl", "{\"a\":\"" + "x".repeat(2 << 20) + "\"}\n");

        JobHarness job = job("long.jsonl", "o.jsonl", Map.of()).settings(Map.of("max_record_mb", 1));

        assertTrue(String.valueOf(job.run().thrown()).contains("longer than 1048576 bytes"));
    }

    @Test
    void aFileThatIsThereStaysUnlessItMayBeReplaced() throws IOException {
        file("people.csv", PEOPLE);
        file("there.csv", "precious");

        assertEquals(
                Outcome.VALIDATION_FAILED,
                job("people.csv", "there.csv", Map.of()).run().outcome());
        assertEquals("precious", Files.readString(folder.resolve("there.csv")));
        assertEquals(PEOPLE, converted("people.csv", "there.csv", Map.of("overwrite", true)));
    }

    @Test
    void aStoredMappingIsUsedByItsName() throws IOException {
        file("people.csv", PEOPLE);
        Map<String, Object> name = Map.of("mapping", "short");
        JobHarness job = job("people.csv", "o.csv", name);
        job.data()
                .put(
                        "short",
                        Map.of(
                                "name",
                                "short",
                                "select",
                                List.of("city"),
                                "where",
                                List.of(Map.of("field", "name", "op", "eq", "value", "Bo"))));

        assertEquals(Outcome.COMPLETED, job.run().outcome());

        assertEquals("city\n東京\n", Files.readString(folder.resolve("o.csv")));
        assertIn("mapping is short, and there is no such document", refusal("people.csv", "p.csv", name));
        JobHarness wrong = job("people.csv", "p.csv", name);
        wrong.data().put("short", Map.of("selects", List.of("city")));
        assertTrue(wrong.run().thrown().getMessage().contains("selects"));
    }

    @Test
    void aChartIsLeftInTheJobsFolder() throws IOException {
        file("n.jsonl", "{\"g\":\"<a&b>\"}\n{\"g\":\"<a&b>\"}\n{\"g\":null}\n{\"g\":3}\n");

        converted("n.jsonl", "o.jsonl", Map.of("chart", Map.of("field", "g", "top", 2)));

        String chart = Files.readString(work.resolve("artifacts/chart.svg"));
        assertTrue(chart.contains("&lt;a&amp;b&gt;") && !chart.contains("<a&b>"), chart);
        assertTrue(chart.contains("1 records with other values"), chart);
    }

    @Test
    void nothingOutsideTheRootsIsReadOrWritten() throws IOException {
        file("people.csv", PEOPLE);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

        HarnessRun run = job("people.csv", "o.csv", Map.of()).roots(elsewhere).run();

        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
    }
}
