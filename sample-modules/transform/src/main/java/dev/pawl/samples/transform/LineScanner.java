package dev.pawl.samples.transform;

/** The end of a line: JSON lines have no line feed inside a record. */
final class LineScanner implements RecordScanner {

    @Override
    public void begin() {}

    @Override
    public int scan(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return GOES_ON;
    }

    @Override
    public boolean endOfInput() {
        return true;
    }
}
