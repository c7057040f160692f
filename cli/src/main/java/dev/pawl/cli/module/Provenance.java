package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place from which a version of a module came, as its record has it: a commit of a git repository, an address, a path of the server, or the
 * bytes of an upload.
 *
 * @param kind git, url, path, folder, upload or distribution
 * @param place the address or path; the name in the modules folder for a folder; empty for an upload
 * @param commit the commit; empty when it is not from git
 * @param path the folder in the repository; empty for the repository itself
 * @param sha256 the digest of the jar that is installed
 */
record Provenance(String kind, String place, String commit, String path, String sha256) {

    private static final Pattern OF_GIT = Pattern.compile("(.+)#([0-9a-f]{40}|[0-9a-f]{64})(?::(.+))?");

    /** Reads the record of a version, which is empty for a module that came with no record. */
    static Provenance of(JsonNode deployment) {
        String source = JsonTrees.text(deployment, "source");
        String origin = JsonTrees.text(deployment, "origin");
        String sha256 = JsonTrees.text(deployment, "sha256");
        Matcher git = OF_GIT.matcher(source);
        if (git.matches()) {
            return new Provenance("git", git.group(1), git.group(2), git.group(3) == null ? "" : git.group(3), sha256);
        }
        if (source.startsWith("https://")) {
            return new Provenance("url", source, "", "", sha256);
        }
        if (!origin.equals("api")) {
            return new Provenance(origin, source, "", "", sha256);
        }
        return new Provenance(source.startsWith("/") ? "path" : "upload", source, "", "", sha256);
    }

    /** The command that installs the same again; empty when there is none. */
    String again() {
        return switch (kind) {
            case "git" -> "pawl module install-git " + place + (path.isEmpty() ? "" : " " + path) + " --ref " + commit;
            case "path" -> "pawl module install " + place;
            default -> "";
        };
    }

    /** The same for programs. */
    ObjectNode json() {
        ObjectNode json = JsonTrees.object().put("kind", kind);
        put(json, "place", place);
        put(json, "commit", commit);
        put(json, "path", path);
        put(json, "sha256", sha256);
        return json;
    }

    private static void put(ObjectNode json, String name, String value) {
        if (value.isEmpty()) {
            json.putNull(name);
        } else {
            json.put(name, value);
        }
    }
}
