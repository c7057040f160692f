package dev.pawl.launch;

import java.util.List;

/**
 * All that a store keeps, as records that mean the same in every store. For one thread. What cannot be done is told by a {@link
 * RuntimeException} whose message is a sentence for the operator.
 */
public interface StoreContents extends AutoCloseable {

    /** The store, for messages: never with a password. */
    String place();

    /** The kinds of its records, each after those that its records refer to. */
    List<RecordKind> kinds();

    /** The number of records of a kind. */
    long count(RecordKind kind);

    /** Reads the records of a kind in the order of their keys; none of another moment than those of other kinds. */
    void read(RecordKind kind, Sink sink);

    /** Closes the store. What was added and not {@linkplain Target#complete completed} is undone. */
    @Override
    void close();

    /** Takes a record, which nobody changes after that. */
    @FunctionalInterface
    interface Sink {
        void take(StoredRecord record);
    }

    /** The contents of a store that is empty so far. What is added can be read at once, and is seen by no server before it is complete. */
    interface Target extends StoreContents {

        /** Adds a record of a kind; in the order in which they were read. */
        void add(RecordKind kind, StoredRecord record);

        /** Adds what follows from the records, such as numbers of jobs; after the last record. */
        void settle();

        /** Makes all of it durable, and open to servers. */
        void complete();
    }
}
