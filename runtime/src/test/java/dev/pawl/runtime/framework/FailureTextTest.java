package dev.pawl.runtime.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void theSentenceForPeopleIsFoundAmongTheCauses() {
        assertEquals("The store x.db cannot be opened.", FailureText.cause("""
                        java.lang.reflect.InvocationTargetException
                        \tat java.base/Constructor.newInstance(Constructor.java:77)
                        Caused by: dev.pawl.service.problem.ProblemException: The store x.db cannot be opened.
                        \tat dev.pawl.store.SqliteStore.open(SqliteStore.java:87)
                        \t... 33 more
                        Caused by: java.nio.file.NoSuchFileException: /nowhere
                        \tat java.base/Files.createDirectory(Files.java:700)
                        """));
    }

    @Test
    void withoutOneTheInnermostCauseIsTold() {
        assertEquals("java.lang.IllegalStateException: jammed", FailureText.cause("""
                        java.lang.reflect.InvocationTargetException
                        \tat java.base/Constructor.newInstance(Constructor.java:77)
                        Caused by: java.lang.IllegalStateException: jammed
                        \tat org.example.Component.<init>(Component.java:7)
                        """));
    }

    @Test
    void nothingIsSaidOfAnEmptyTrace() {
        assertEquals("the reason is unknown.", FailureText.cause(""));
    }
}
