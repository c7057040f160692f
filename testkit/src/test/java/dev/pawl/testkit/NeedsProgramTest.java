package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NeedsProgramTest {

    @NeedsProgram({"sh", "a-program-that-nobody-has"})
    private static final class Needy {}

    @Test
    void theMissingProgramsAreNamed() {
        assertEquals(List.of("a-program-that-nobody-has"), ProgramCondition.missing(Needy.class));
        assertEquals(List.of(), ProgramCondition.missing(NeedsProgramTest.class));
    }

    @Test
    @NeedsProgram("sh")
    void aTestWhoseProgramIsThereRuns() {
        assertEquals(1, Needy.class.getAnnotations().length);
    }
}
