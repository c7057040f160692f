package dev.pawl.http.upload;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the bytes of a body to a file. An error of the disk is a fault of the server and is distinguished from a body that does not
 * arrive.
 */
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

    /** The problem that the client gets for an error of the disk. */
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

    /** Writes all remaining bytes. */
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
