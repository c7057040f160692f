package dev.pawl.samples.transform;

/** The end of a CSV record (RFC 4180): a line end outside quotes; a quote opens only at the beginning of a field. */
final class CsvScanner implements RecordScanner {

    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED,
        AFTER_RETURN
    }

    private final byte delimiter;
    private State state = State.FIELD_BEGINS;

    CsvScanner(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    @Override
    public void begin() {
        state = State.FIELD_BEGINS;
    }

    @Override
    public int scan(byte[] bytes, int from, int to) {
        State now = state;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (now == State.AFTER_RETURN) {
                return b == '\n' ? i + 1 : i;
            }
            if (now == State.QUOTED) {
                if (b == '"') {
                    now = State.QUOTE_IN_QUOTED;
                }
            } else if (b == '"' && now != State.PLAIN) {
                now = State.QUOTED; // the first one of a field, or the second of two
            } else if (b == '\n') {
                return i + 1;
            } else if (b == '\r') {
                now = State.AFTER_RETURN;
            } else {
                now = b == delimiter ? State.FIELD_BEGINS : State.PLAIN;
            }
        }
        state = now;
        return GOES_ON;
    }

    @Override
    public boolean endOfInput() throws BrokenInputException {
        if (state == State.QUOTED) {
            throw new BrokenInputException("a quote that opens in the record there is never closed");
        }
        return true;
    }
}
