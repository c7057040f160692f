package dev.pawl.service.problem;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {

    @Test
    void noTwoProblemsHaveTheSameNumber() {
        List<List<ProblemCode>> shared =
                Arrays.stream(ProblemCode.values()).collect(Collectors.groupingBy(ProblemCode::id)).values().stream()
                        .filter(codes -> codes.size() > 1)
                        .toList();
        assertEquals(List.of(), shared);
    }

    @Test
    void everyProblemIsAnErrorWithACauseAndARemedy() {
        assertAll(Arrays.stream(ProblemCode.values()).map(code -> () -> {
            assertTrue(code.id().matches("PAWL-\\d{3}"), code::id);
            assertTrue(code.status() >= 400 && code.status() < 600, code::name);
            assertTrue(code.cause().endsWith("."), code::name);
            assertTrue(code.remedy().endsWith("."), code::name);
        }));
    }
}
