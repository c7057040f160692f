package dev.pawl.http.tls;

import dev.pawl.base.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A folder with the files of a certificate, as an operator would have it. */
final class Certified {

    static final Duration YEAR = Duration.ofDays(365);

    private final Path folder;

    Certified(Path folder) throws IOException {
        this.folder = folder;
        write(fresh());
    }

    static SelfSigned fresh() {
        return SelfSigned.of(List.of("localhost", "127.0.0.1"), Instant.now().minusSeconds(60), YEAR);
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    Path key() {
        return folder.resolve("tls.key");
    }

    TlsSettings settings() {
        return new TlsSettings(certificate(), key(), null, null, "");
    }

    Tls open() {
        return Tls.open(settings(), folder, InstantSource.system());
    }

    /** Replaces both files, one after the other, as a renewal does. */
    void write(SelfSigned next) throws IOException {
        replace(certificate(), next.certificateText());
        replace(key(), next.keyText());
    }

    static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
