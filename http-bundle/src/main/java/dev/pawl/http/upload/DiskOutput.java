package dev.pawl.http.upload;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what arrives to a file. What the disk refuses is the server's trouble and told apart from a body that does not come. */
final class DiskOutput extends OutputStream {

    private final Path file;
    private final OutputStream out;

    DiskOutput(Path file) {
        this.file = file;
        try {
            out = Files.newOutputStream(file);
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }

    /** What the client is told. */
    static ProblemException unavailable(Path file, IOException refusal) {
        return new ProblemException(
                ProblemCode.STORE_UNAVAILABLE,
                "The upload cannot be kept in " + file + ": " + refusal.getMessage() + ".",
                refusal);
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }

    /** Writes all that remains. */
    void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        write(copy, 0, copy.length);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }
}
