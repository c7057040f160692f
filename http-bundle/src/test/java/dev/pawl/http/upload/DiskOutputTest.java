package dev.pawl.http.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DiskOutputTest {

    @Test
    @EnabledOnOs(OS.LINUX) // /dev/full is a disk that is always full
    void aFullDiskIsNotTheClientsFault() {
        try (DiskOutput out = new DiskOutput(Path.of("/dev/full"))) {
            ProblemException problem = assertThrows(ProblemException.class, () -> out.write(1));
            assertEquals(ProblemCode.STORE_UNAVAILABLE, problem.code());
        }
    }
}
