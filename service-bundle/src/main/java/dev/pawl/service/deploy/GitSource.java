package dev.pawl.service.deploy;

import org.jspecify.annotations.Nullable;

/**
 * A module in a git repository.
 *
 * @param repository the address of the repository
 * @param path the folder of the module in it, with {@code /} between folders; null for the repository itself
 * @param ref a branch, a tag or a commit; null for the repository's default branch
 */
public record GitSource(
        String repository, @Nullable String path, @Nullable String ref) {}
