package dev.pawl.http.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.base.tls.SelfSigned;
import dev.pawl.http.LoggedLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The looks of the renewal, one by one. */
final class CertificateRenewalTest {

    @TempDir
    private Path folder;

    private final List<ServerCertificate> taken = new ArrayList<>();
    private Certified files;
    private CertificateRenewal renewal;
    private LoggedLines lines;

    @BeforeEach
    void open() throws Exception {
        files = new Certified(folder);
        renewal = new CertificateRenewal(files.settings(), taken::add, InstantSource.system());
        lines = LoggedLines.open();
    }

    @AfterEach
    void close() {
        lines.close();
        renewal.close();
    }

    @Test
    void filesThatAreWrongForAMomentAreNotTold() throws Exception {
        SelfSigned next = Certified.fresh();
        Certified.replace(files.certificate(), next.certificateText());
        assertTrue(renewal.look(), "it must look again soon");

        Certified.replace(files.key(), next.keyText());
        assertFalse(renewal.look());

        assertEquals(
                List.of(next.certificate()),
                taken.stream().map(ServerCertificate::leaf).toList());
        assertFalse(lines.events().toString().contains("stays"), () -> lines.events()
                .toString());
    }

    @Test
    void filesThatStayWrongAreToldOnceHoweverOftenTheyAreLookedAt() throws Exception {
        Files.delete(files.key());
        assertTrue(renewal.look(), "it must look again soon");
        for (int look = 0; look < 5; look++) {
            assertFalse(renewal.look());
        }

        assertEquals(List.of(), taken);
        assertEquals(
                1,
                lines.events().stream()
                        .filter(line -> line.getFormattedMessage().contains("The certificate in use stays"))
                        .count());
    }
}
