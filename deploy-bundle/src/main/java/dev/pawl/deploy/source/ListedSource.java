package dev.pawl.deploy.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code modules.yaml}.
 *
 * @param kind what it is
 * @param place the address, or the folder
 * @param ref the branch, tag or commit of a repository; null for its default branch
 * @param commit the commit that the repository must be at; null for any
 * @param modules the folders of modules in a repository; empty for the repository itself
 * @param sha256 the digest of a file at a URL
 */
record ListedSource(
        Kind kind,
        String place,
        @Nullable String ref,
        @Nullable String commit,
        List<String> modules,
        @Nullable String sha256) {

    /** The kinds of sources, by the name of their field. */
    enum Kind {
        /** A git repository. */
        REPO,
        /** A folder of the server. */
        FOLDER,
        /** A jar or an archive. */
        URL
    }
}
