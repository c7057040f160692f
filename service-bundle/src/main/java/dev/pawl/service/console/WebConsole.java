package dev.pawl.service.console;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The web console, as the files of which it consists. They hold no data, so anybody may have them. Safe for use by several threads. */
@ProviderType
public interface WebConsole {

    /**
     * The file at an address of the console. The addresses of its places, such as {@code jobs/1234abcd}, all have the one page, which reads
     * the place from the address.
     *
     * @param path the address relative to that of the console, as the request has it, without a slash at its beginning; empty for the console itself
     * @return empty when there is no such file, as for one of a former version
     */
    Optional<ConsoleFile> file(String path);
}
