package dev.pawl.samples.transform;

import java.nio.charset.StandardCharsets;

/**
 * The end of an XML element that is a record: one of a given name, or each child of the root. Comments, CDATA sections, processing
 * instructions and quoted attribute values are skipped as such; a document type declaration is refused, since it could name other files or
 * entities that grow without limit.
 */
final class XmlScanner implements RecordScanner {

    private enum Within {
        TEXT,
        TAG,
        QUOTED,
        COMMENT,
        CDATA,
        INSTRUCTION
    }

    private static final int MOST_NAME_BYTES = 512;

    private final byte[] wanted;
    private final byte[] name = new byte[MOST_NAME_BYTES];
    private int outerDepth;
    private boolean rootSeen;
    private int innerDepth;
    private Within within = Within.TEXT;
    private byte quote;
    private byte last;
    private byte lastButOne;
    private int nameLength;
    private int seen;
    private int tagBegin;
    private int skipped;
    private boolean found;

    /**
     * @param wanted the name of the record's element, empty for the children of the root
     * @param state that of a scanner between two records, 0 at the beginning of the file
     */
    XmlScanner(String wanted, int state) {
        this.wanted = wanted.getBytes(StandardCharsets.UTF_8);
        this.outerDepth = state;
        this.rootSeen = state > 0;
    }

    @Override
    public void begin() {
        innerDepth = 0;
        within = Within.TEXT;
        seen = 0;
        skipped = 0;
        found = false;
    }

    @Override
    public int scan(byte[] bytes, int from, int to) throws BrokenInputException {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            seen++;
            switch (within) {
                case TEXT -> text(b);
                case TAG -> {
                    if (tag(b)) {
                        return i + 1;
                    }
                }
                case QUOTED -> within = b == quote ? Within.TAG : Within.QUOTED;
                case COMMENT -> leaveAfter(b, (byte) '-', (byte) '-');
                case CDATA -> leaveAfter(b, (byte) ']', (byte) ']');
                case INSTRUCTION -> leaveAfter(b, (byte) '?', lastButOne);
            }
            lastButOne = last;
            last = b;
        }
        return GOES_ON;
    }

    private void text(byte b) throws BrokenInputException {
        if (b == '<') {
            within = Within.TAG;
            nameLength = 0;
            tagBegin = seen - 1;
        } else if (outerDepth == 0 && innerDepth == 0 && b > ' ') {
            throw new BrokenInputException("there is text outside the root element");
        }
    }

    private void leaveAfter(byte b, byte one, byte two) {
        if (b == '>' && last == one && lastButOne == two) {
            within = Within.TEXT;
        }
    }

    /** Takes a byte of a tag; returns whether it ends the record. */
    private boolean tag(byte b) throws BrokenInputException {
        if (b == '>') {
            within = Within.TEXT;
            return tagEnded();
        }
        if (b == '<') {
            throw new BrokenInputException("a tag has no end");
        }
        if ((b == '"' || b == '\'') && nameLength > 0 && name[0] != '/') {
            within = Within.QUOTED;
            quote = b;
        }
        if (nameLength < MOST_NAME_BYTES && nameLength == seen - 2 - tagBegin) {
            name[nameLength++] = b;
            if (nameIs("!--")) {
                within = Within.COMMENT;
                last = 0; // "<!-->" is no whole comment
                lastButOne = 0;
            } else if (nameIs("![CDATA[")) {
                within = Within.CDATA;
            } else if (nameIs("?")) {
                within = Within.INSTRUCTION;
            } else if (nameIs("!D")) {
                throw new BrokenInputException(
                        "it has a document type declaration, which is not read since it could refer to other files; remove it");
            }
        }
        return false;
    }

    private boolean tagEnded() throws BrokenInputException {
        if (nameLength == 0) {
            throw new BrokenInputException("there is a tag without a name");
        }
        boolean closing = name[0] == '/';
        boolean empty = !closing && last == '/';
        if (innerDepth > 0) {
            innerDepth += closing ? -1 : empty ? 0 : 1;
            return innerDepth == 0;
        }
        if (closing) {
            outerDepth--;
            if (outerDepth < 0) {
                throw new BrokenInputException("an element is closed that was never opened");
            }
            return false;
        }
        if (rootSeen && outerDepth == 0) {
            throw new BrokenInputException("there is a second root element");
        }
        if (isRecord()) {
            skipped = tagBegin;
            found = true;
            innerDepth = empty ? 0 : 1;
            return empty;
        }
        rootSeen = true;
        outerDepth += empty ? 0 : 1;
        return false;
    }

    private boolean isRecord() {
        if (!rootSeen) {
            return false;
        }
        if (wanted.length == 0) {
            return true;
        }
        if (nameLength < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (name[i] != wanted[i]) {
                return false;
            }
        }
        return nameLength == wanted.length || name[wanted.length] <= ' ' || name[wanted.length] == '/';
    }

    private boolean nameIs(String text) {
        if (nameLength != text.length()) {
            return false;
        }
        for (int i = 0; i < nameLength; i++) {
            if (name[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean endOfInput() throws BrokenInputException {
        if (!rootSeen) {
            throw new BrokenInputException("it has no root element");
        }
        if (outerDepth > 0 || innerDepth > 0 || within != Within.TEXT) {
            throw new BrokenInputException("the file ends before its root element is closed");
        }
        return false;
    }

    @Override
    public int skipped() {
        if (found) {
            return skipped;
        }
        return within == Within.TAG || within == Within.QUOTED ? tagBegin : seen;
    }

    @Override
    public void forget(int bytes) {
        seen -= bytes;
        tagBegin -= bytes;
        skipped = Math.max(0, skipped - bytes);
    }

    @Override
    public int state() {
        return outerDepth;
    }
}
