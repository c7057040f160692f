package dev.pawl.samples.mail;

import dev.pawl.api.module.FileRefusedException;
import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a mail carries; read while the mail is sent.
 *
 * @param path its real path
 * @param check finds the real path again once the file is open
 * @param name the name that the recipient sees
 * @param type the media type
 */
record AttachedFile(Path path, Check check, String name, String type) implements DataSource {

    /** Resolves a path, and refuses one that may not be read. */
    interface Check {
        Path real(Path path) throws IOException;
    }

    /** The number of bytes as they are sent: base64 in lines of 76 characters. */
    long sentBytes() throws IOException {
        return (Files.size(path) + 56) / 57 * 78;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        if (!check.real(path).equals(path)) { // the open file must be the one that was checked
            channel.close();
            throw new FileRefusedException(path, "a folder of its path became a link");
        }
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        throw new IOException("An attachment is not written.");
    }

    @Override
    public String getContentType() {
        return type;
    }

    @Override
    public String getName() {
        return name;
    }
}
