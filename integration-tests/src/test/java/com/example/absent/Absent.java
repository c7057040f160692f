package com.example.absent;

/** A library that a module forgot to embed. */
public final class Absent {

    /** Deliberately not a constant expression, so that the compiler keeps the reference to this class. */
    public static final String NAME = Absent.class.getName();

    private Absent() {}
}
