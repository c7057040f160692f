package com.example.absent;

/** Stands for a library that a module forgot to bring along. */
public final class Absent {

    /** Not a constant expression, so that the compiler leaves the reference in place. */
    public static final String NAME = Absent.class.getName();

    private Absent() {}
}
