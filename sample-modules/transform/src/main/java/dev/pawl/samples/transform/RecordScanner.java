package dev.pawl.samples.transform;

/**
 * A search for the end of a record in bytes that arrive in pieces. It keeps a state and no bytes, so a record may be spread over any number
 * of pieces. All formats are read as ASCII-compatible bytes: no byte of a longer character looks like a delimiter.
 */
interface RecordScanner {

    /** The answer when the record does not end in the piece. */
    int GOES_ON = -1;

    /** Begins a new record. */
    void begin();

    /**
     * Searches a piece that follows those before.
     *
     * @return the index after the record's last byte, or {@link #GOES_ON}
     * @throws BrokenInputException when no record can follow
     */
    int scan(byte[] bytes, int from, int to) throws BrokenInputException;

    /**
     * Decides at the end of the input whether the bytes since {@link #begin()} are a last record.
     *
     * @throws BrokenInputException when the input ends too early
     */
    boolean endOfInput() throws BrokenInputException;

    /** The number of bytes since {@link #begin()} that come before the record, such as a comma; until it is found, those so far. */
    default int skipped() {
        return 0;
    }

    /** Leaves out so many of the skipped bytes, which are no longer kept. */
    default void forget(int bytes) {}

    /** The state between two records, for a scanner that continues there. */
    default int state() {
        return 0;
    }
}
