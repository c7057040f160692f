package dev.pawl.samples.transform;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Decodes records, and refuses bytes that stand for no characters. */
final class RecordText {

    private static final char REPLACEMENT = '\uFFFD';

    private final Charset charset;

    RecordText(Charset charset) {
        this.charset = charset;
    }

    /** Decodes a record. */
    String of(byte[] bytes, int from, int to) throws BadRecordException {
        String text = new String(bytes, from, to - from, charset);
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            } catch (CharacterCodingException e) {
                throw new BadRecordException(
                        "it is no text in " + charset.name()
                                + (charset.equals(StandardCharsets.UTF_8)
                                        ? "; give its encoding, such as ISO-8859-1"
                                        : ""),
                        e);
            }
        }
        return text;
    }

    /** Shows the beginning of a record that may be no text. */
    String shown(byte[] start) {
        return new String(start, charset).strip();
    }
}
