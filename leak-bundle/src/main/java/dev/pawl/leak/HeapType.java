package dev.pawl.leak;

import java.util.List;

/**
 * A class in a heap dump; names are ids of strings.
 *
 * @param id of the class object
 * @param above of the superclass; 0 for none
 * @param loader of its class loader; 0 for the JVM's own
 * @param fields of its instances, in the order of the dump
 * @param statics the static fields that hold an object
 */
record HeapType(long id, long above, long loader, List<Field> fields, List<Static> statics) {

    /**
     * A field of the instances.
     *
     * @param kind as in the file's format; {@link HeapFile#OBJECT} for a reference
     */
    record Field(long name, int kind) {}

    /** A field of the class that holds an object. */
    record Static(long name, long value) {}
}
