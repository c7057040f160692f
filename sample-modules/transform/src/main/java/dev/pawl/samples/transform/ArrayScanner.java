package dev.pawl.samples.transform;

/** The end of an element of a JSON array that is the whole file. */
final class ArrayScanner implements RecordScanner {

    private static final int BEFORE_ARRAY = 0;
    private static final int AFTER_OPENING = 1;
    private static final int AFTER_COMMA = 2;
    private static final int AFTER_ELEMENT = 3;
    private static final int AFTER_ARRAY = 4;

    private int state;
    private int depth;
    private boolean inElement;
    private boolean inText;
    private boolean escaped;
    private int skipped;

    /** @param state that of a scanner between two records, 0 at the beginning of the file */
    ArrayScanner(int state) {
        this.state = state;
    }

    @Override
    public void begin() {
        depth = 0;
        inElement = false;
        inText = false;
        escaped = false;
        skipped = 0;
    }

    @Override
    public int scan(byte[] bytes, int from, int to) throws BrokenInputException {
        int i = from;
        while (i < to && !inElement) {
            inElement = begins(bytes[i]);
            if (!inElement) {
                i++;
                skipped++;
            }
        }
        for (; i < to; i++) {
            byte b = bytes[i];
            if (inText) {
                endText(b);
            } else if (depth == 0 && (b == ',' || b == ']' || (b & 0xFF) <= ' ')) {
                state = AFTER_ELEMENT; // an element that is no object
                return i;
            } else {
                inText = b == '"';
                depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
                if (depth == 0 && (b == '}' || b == ']')) {
                    state = AFTER_ELEMENT;
                    return i + 1;
                }
            }
        }
        return GOES_ON;
    }

    private void endText(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            inText = false;
        }
    }

    /** Whether an element begins with the byte; moves over what is between elements. */
    private boolean begins(byte b) throws BrokenInputException {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            return false;
        }
        if (state == BEFORE_ARRAY && b == '[') {
            state = AFTER_OPENING;
            return false;
        }
        if (state == AFTER_ELEMENT && b == ',') {
            state = AFTER_COMMA;
            return false;
        }
        if ((state == AFTER_ELEMENT || state == AFTER_OPENING) && b == ']') {
            state = AFTER_ARRAY;
            return false;
        }
        if ((state == AFTER_OPENING || state == AFTER_COMMA) && b != ',' && b != ']' && b != '}') {
            return true;
        }
        throw new BrokenInputException("there is '" + (char) (b & 0xFF) + "' where " + expected() + " should be");
    }

    private String expected() {
        return switch (state) {
            case BEFORE_ARRAY -> "the [ of an array";
            case AFTER_ELEMENT -> "a comma or the ] of the array";
            case AFTER_ARRAY -> "the end of the file";
            default -> "an element of the array";
        };
    }

    @Override
    public boolean endOfInput() throws BrokenInputException {
        if (state != AFTER_ARRAY) {
            throw new BrokenInputException("the file ends before the ] of its array");
        }
        return false;
    }

    @Override
    public int skipped() {
        return skipped;
    }

    @Override
    public void forget(int bytes) {
        skipped -= bytes;
    }

    @Override
    public int state() {
        return state;
    }
}
