package dev.pawl.deploy.pack;

import java.util.NavigableSet;

/** The folder of an archive in which the module lies: archives of repositories have one around everything. */
final class TopFolder {

    private TopFolder() {}

    /** Its name with a slash; empty when the manifest lies at the top, or nowhere. */
    static String of(NavigableSet<String> names) {
        if (names.isEmpty() || names.contains(FolderManifest.FILE)) {
            return "";
        }
        String first = names.first();
        String top = first.substring(0, first.indexOf('/') + 1);
        boolean holdsAll = names.stream().allMatch(name -> name.startsWith(top));
        return !top.isEmpty() && holdsAll && names.contains(top + FolderManifest.FILE) ? top : "";
    }
}
