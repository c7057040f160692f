package dev.pawl.processes.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines become messages, or the stated kind of garbage, in bounded memory. */
class MessageReaderTest {

    private static final int LONGEST = 100_000;
    private static final long SEED = 20_261_129;

    private static List<Message> read(InputStream in, boolean printsFreely) throws IOException {
        MessageReader reader = new MessageReader(in, new MessageParser(printsFreely), LONGEST);
        List<Message> messages = new ArrayList<>();
        for (Message message = reader.next(); message != null; message = reader.next()) {
            messages.add(message);
        }
        assertNull(reader.next(), "the end stays the end");
        return messages;
    }

    private static List<Message> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), false);
    }

    @Test
    void eachKindOfMessageIsRead() throws IOException {
        assertEquals(
                List.of(
                        new Message.Ready(1, "python 1"),
                        new Message.Log(LogLevel.WARNING, "careful"),
                        new Message.Progress(12, Map.of("at", "x")),
                        new Message.Result(Map.of("n", 1)),
                        new Message.Checkpoint("1", Map.of("n", 1)),
                        new Message.Data("2", Message.Operation.GET, "seen", Map.of()),
                        new Message.Failed("It broke.", "at line 1"),
                        new Message.Done()),
                read("""
                        {"type":"ready","protocol":1,"shim":"python 1"}
                        {"type":"log","level":"warn","message":"careful"}
                        {"type":"progress","percent":12,"info":{"at":"x"}}
                        {"type":"result","data":{"n":1}}
                        {"type":"checkpoint","id":1,"values":{"n":1}}
                        {"type":"data","id":"2","op":"get","name":"seen"}
                        {"type":"failed","message":"It broke.","stack":"at line 1"}
                        {"type":"done","more":"of a later version"}
                        """));
    }

    @Test
    void whatProgramsPutAroundLinesIsPassedOver() throws IOException {
        assertEquals(
                List.of(new Message.Done(), new Message.Valid()),
                read("\uFEFF{\"type\":\"done\"}\r\n\n  \n\r\n{\"type\":\"valid\"}\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"done\"}{\"type\":\"done\"}",
                "{\"type\":\"done\",\"type\":\"valid\"}",
                "{\"type\":\"result\",\"data\":NaN}",
                "{\"type\":\"result\"}",
                "{\"type\":\"progress\",\"percent\":\"much\"}",
                "{\"type\":\"checkpoint\",\"values\":[1]}",
                "{\"type\":\"data\",\"op\":\"drop\",\"name\":\"x\"}",
                "{\"type\":7}",
                "{}",
                "[]",
                "null",
                "hello",
                "{\"type\":\"log\",\"message\":\"\u0000\"}"
            })
    void aLineThatIsNoMessageIsBrokenAndTheNextOneIsRead(String line) throws IOException {
        List<Message> messages = read(line + "\n{\"type\":\"done\"}\n");
        assertInstanceOf(Message.Broken.class, messages.get(0));
        assertEquals(new Message.Done(), messages.get(1));
    }

    @Test
    void badUtf8AndDeepNestingAreBroken() throws IOException {
        byte[] bad = "{\"type\":\"log\",\"message\":\"?\"}\n".getBytes(StandardCharsets.UTF_8);
        bad[25] = (byte) 0xFF;
        assertInstanceOf(
                Message.Broken.class, read(new ByteArrayInputStream(bad), false).get(0));
        String deep = "{\"type\":\"result\",\"data\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}\n";
        assertInstanceOf(Message.Broken.class, read(deep).get(0));
    }

    @Test
    void anUnknownTypeIsNoError() throws IOException {
        assertEquals(List.of(new Message.Unknown("telemetry")), read("{\"type\":\"telemetry\"}\n"));
    }

    @Test
    void aLineBeyondTheLimitIsMeasuredAndNotKept() throws IOException {
        long megabytes = 200;
        InputStream endless = new Repeated('x', megabytes << 20);
        InputStream in = new SequenceInputStream(
                endless, new ByteArrayInputStream("\n{\"type\":\"done\"}\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of(new Message.TooLong(megabytes << 20), new Message.Done()), read(in, false));
    }

    @Test
    void aLineWithoutItsEndIsHalf() throws IOException {
        assertEquals(List.of(new Message.Valid(), new Message.Half(9)), read("{\"type\":\"valid\"}\n{\"type\":\""));
    }

    @Test
    void aProgramThatKnowsNoProtocolPrintsWhatItLikes() throws IOException {
        String text = "hello\n{not json\n{\"type\":\"other\"}\n{\"type\":\"result\",\"data\":1}\nlast";
        assertEquals(
                List.of(
                        new Message.Text("hello"),
                        new Message.Text("{not json"),
                        new Message.Text("{\"type\":\"other\"}"),
                        new Message.Result(1),
                        new Message.Text("last")),
                read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), true));
    }

    /** Fixed by its seed; a failure names the line. */
    @Test
    void twoHundredThousandMutatedLinesAreEachAMessageOfSomeKind() throws IOException {
        Random random = new Random(SEED);
        List<byte[]> good = new ArrayList<>();
        for (String line : List.of(
                "{\"type\":\"ready\",\"protocol\":1,\"shim\":\"python 1\"}",
                "{\"type\":\"log\",\"level\":\"INFO\",\"message\":\"a \\u00e4 \\\\ \\\" b\"}",
                "{\"type\":\"result\",\"data\":{\"n\":1.5e3,\"list\":[1,[2,{\"x\":null}],true],\"text\":\"\u20ac\"}}",
                "{\"type\":\"checkpoint\",\"id\":\"7\",\"values\":{\"n\":12345678901234567890}}",
                "{\"type\":\"progress\",\"percent\":50,\"info\":{\"frame\":12}}",
                "{\"type\":\"data\",\"id\":\"1\",\"op\":\"put\",\"name\":\"seen\",\"value\":{\"a\":[]}}",
                "{\"type\":\"failed\",\"phase\":\"run\",\"message\":\"m\",\"stack\":\"s\"}",
                "{\"type\":\"done\"}")) {
            good.add(line.getBytes(StandardCharsets.UTF_8));
        }
        for (int batch = 0; batch < 200; batch++) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                lines.writeBytes(mutated(good.get(random.nextInt(good.size())), random));
                lines.write('\n');
            }
            lines.writeBytes("\n{\"type\":\"valid\"}\n".getBytes(StandardCharsets.UTF_8));
            for (boolean printsFreely : List.of(true, false)) {
                List<Message> messages = read(new ByteArrayInputStream(lines.toByteArray()), printsFreely);
                assertEquals(new Message.Valid(), messages.get(messages.size() - 1), "after batch " + batch);
                assertTrue(messages.size() <= lines.size());
            }
        }
    }

    private static byte[] mutated(byte[] line, Random random) {
        byte[] bytes = line.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> bytes[at] = (byte) "{}[]\",:\\0-eu".charAt(random.nextInt(12));
                case 3 -> bytes = joined(bytes, Arrays.copyOfRange(bytes, at, bytes.length));
                default -> bytes = joined(Arrays.copyOf(bytes, at), bytes);
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** A byte, again and again. */
    private static final class Repeated extends InputStream {

        private final int value;
        private long left;

        Repeated(int value, long times) {
            this.value = value;
            this.left = times;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(left, length);
            Arrays.fill(bytes, offset, offset + some, (byte) value);
            left -= some;
            return some;
        }
    }
}
