package dev.pawl.samples.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Reads the same input in pieces of every size and from each of its records on. */
final class RecordWindowTest {

    private static final int LONGEST = 64;

    private record Found(long line, long nextOffset, int state, String text) {}

    private static List<Found> all(byte[] input, Found from, IntFunction<RecordScanner> scanner, int piece)
            throws IOException, BrokenInputException {
        int offset = (int) from.nextOffset();
        InputStream in = new ByteArrayInputStream(input, offset, input.length - offset) {
            @Override
            public synchronized int read(byte[] bytes, int begin, int length) {
                return super.read(bytes, begin, Math.min(length, piece));
            }
        };
        long line = 1
                + new String(input, 0, offset, StandardCharsets.UTF_8)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        RecordWindow window = new RecordWindow(in, scanner.apply(from.state()), offset, line, LONGEST);
        List<Found> all = new ArrayList<>();
        while (window.next()) {
            String text =
                    new String(window.bytes(), window.from(), window.to() - window.from(), StandardCharsets.UTF_8);
            all.add(new Found(window.line(), window.nextOffset(), window.state(), text));
        }
        return all;
    }

    private static void assertRecords(String input, IntFunction<RecordScanner> scanner, String... expected)
            throws IOException, BrokenInputException {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        Found begin = new Found(1, 0, 0, "");
        List<Found> whole = all(bytes, begin, scanner, Integer.MAX_VALUE);
        assertEquals(List.of(expected), whole.stream().map(Found::text).toList());
        for (int piece = 1; piece < 9; piece++) {
            assertEquals(whole, all(bytes, begin, scanner, piece), "in pieces of " + piece);
        }
        for (int n = 0; n < whole.size(); n++) {
            assertEquals(whole.subList(n + 1, whole.size()), all(bytes, whole.get(n), scanner, 3), "after record " + n);
        }
    }

    @Test
    void csvRecordsEndOutsideQuotesAlone() throws Exception {
        assertRecords(
                "a,b\r\n\"x\ny\",\"\"\"\r\n\"\r\n5\" pipe,東\rlast,\"\"",
                state -> new CsvScanner(','),
                "a,b\r\n",
                "\"x\ny\",\"\"\"\r\n\"\r\n",
                "5\" pipe,東\r",
                "last,\"\"");
    }

    @Test
    void elementsOfAnArrayEndWhereTheirBracesDo() throws Exception {
        assertRecords(
                "\n[ {\"a\":\"]}\\\"\\\\\"} ,\n\n{\"b\":[{},[]]},12 ,[1,{}]\n, \"x,y\"]\n",
                ArrayScanner::new,
                "{\"a\":\"]}\\\"\\\\\"}",
                "{\"b\":[{},[]]}",
                "12",
                "[1,{}]",
                "\"x,y\"");
        assertRecords(" [ ] ", ArrayScanner::new);
    }

    @Test
    void childrenOfTheRootAreRecords() throws Exception {
        assertRecords(
                "<?xml version='1.0'?><!-- <a> -- > --><r x='>'>\n<a/><a><a>東</a></a> <b c=\"/>\"\n/><![CDATA[<a>]]><?p <a>?><c ></c ></r>\n<!---->",
                state -> new XmlScanner("", state),
                "<a/>",
                "<a><a>東</a></a>",
                "<b c=\"/>\"\n/>",
                "<c ></c >");
    }

    @Test
    void elementsOfANameAreRecordsAtAnyDepth() throws Exception {
        assertRecords(
                "<r><h>" + "text that is no record ".repeat(20)
                        + "</h><q><it/><item/></q><item k='v'><item/></item></r>",
                state -> new XmlScanner("item", state),
                "<item/>",
                "<item k='v'><item/></item>");
    }

    @Test
    void whatIsLeftOutBetweenRecordsTakesNoMemory() throws Exception {
        assertRecords("<r><!--" + " much ".repeat(100) + "--><a/></r>", state -> new XmlScanner("", state), "<a/>");
        assertRecords("[" + " \n".repeat(300) + "{}]", ArrayScanner::new, "{}");
    }

    @Test
    void aRecordThatIsTooLongIsNotReadToItsEnd() {
        byte[] endless = ("a\n\"" + "x".repeat(200_000)).getBytes(StandardCharsets.UTF_8);

        BrokenInputException e = assertThrows(
                BrokenInputException.class,
                () -> all(endless, new Found(1, 0, 0, ""), state -> new CsvScanner(','), 16));

        assertTrue(String.valueOf(e.getMessage()).contains("longer than 64 bytes"));
    }
}
