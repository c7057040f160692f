package dev.pawl.runtime.settings;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The type of a setting that holds several entries, and may hold none. */
interface SettingList extends SettingType {

    /** The normalised entry; empty when it is not acceptable. */
    Optional<String> readEntry(String entry);

    /** The text between two entries. */
    default String separator() {
        return ",";
    }

    @Override
    default Optional<String> read(String text) {
        List<String> entries = new ArrayList<>();
        for (String entry : text.split(Pattern.quote(separator()), -1)) {
            if (entry.isBlank()) {
                continue;
            }
            Optional<String> read = readEntry(entry.strip());
            if (read.isEmpty()) {
                return Optional.empty();
            }
            entries.add(read.get());
        }
        return Optional.of(String.join(separator(), entries));
    }

    /** Folders, separated as in PATH. */
    record Folders() implements SettingList {
        @Override
        public Optional<String> readEntry(String entry) {
            boolean whole = entry.startsWith("~") || Path.of(entry).isAbsolute();
            return whole ? new SettingType.Location().read(entry) : Optional.empty();
        }

        @Override
        public String separator() {
            return File.pathSeparator;
        }

        @Override
        public String accepts() {
            return "absolute folders separated by \"" + File.pathSeparator + "\", such as /srv/media"
                    + File.pathSeparator + "/srv/incoming, or nothing";
        }
    }

    /** Names of variables, each of which may end with {@code *}. */
    record VariableNames() implements SettingList {
        private static final Pattern FORM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\*?");

        @Override
        public Optional<String> readEntry(String entry) {
            return Optional.of(entry).filter(name -> FORM.matcher(name).matches());
        }

        @Override
        public String accepts() {
            return "names of variables separated by commas, such as API_KEY,SMTP_*";
        }
    }

    /** Names and the roles that they give. */
    record RoleNames() implements SettingList {
        private static final Pattern FORM =
                Pattern.compile(".+=\\s*(worker|viewer|operator|admin)", Pattern.CASE_INSENSITIVE);

        @Override
        public Optional<String> readEntry(String entry) {
            return Optional.of(entry).filter(pair -> FORM.matcher(pair).matches());
        }

        @Override
        public String accepts() {
            return "pairs separated by commas, such as pawl-admins=admin,staff=viewer";
        }
    }

    /** Hosts. */
    record HostList() implements SettingList {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.*:/\\[\\]-]+");

        @Override
        public Optional<String> readEntry(String entry) {
            return Optional.of(entry).filter(host -> FORM.matcher(host).matches() && !host.contains("//"));
        }

        @Override
        public String accepts() {
            return "hosts separated by commas, such as api.example.com,*.example.org";
        }
    }

    /** Origins of web pages. */
    record Origins() implements SettingList {
        @Override
        public Optional<String> readEntry(String entry) {
            return Optional.of(entry).filter(Origins::isOrigin);
        }

        private static boolean isOrigin(String text) {
            try {
                URI uri = URI.create(text);
                return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                        && uri.getHost() != null
                        && uri.getRawPath().isEmpty()
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && uri.getRawUserInfo() == null;
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }

        @Override
        public String accepts() {
            return "origins separated by commas, such as https://console.example.org,http://localhost:3000";
        }
    }
}
