package dev.pawl.runtime.settings;

import dev.pawl.base.duration.DurationText;
import dev.pawl.base.net.PostgresUrl;
import dev.pawl.base.net.SecureUrl;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The type of a setting: it normalises a text, and describes in words what it accepts. */
interface SettingType {

    /** The normalised value, such as an absolute path, or {@code INFO} for {@code info}; empty when it is not acceptable. */
    Optional<String> read(String text);

    /** The rest of the sentence "it takes …". */
    String accepts();

    /** A text as a message may show it that refuses it: without the user and the password that an address could have. */
    static String shown(String text) {
        return USER.matcher(text).replaceAll("//********@");
    }

    /** The user and the password of an address. */
    Pattern USER = Pattern.compile("//[^/?#]*@");

    /** A whole number within bounds. */
    record WholeNumber(int min, int max) implements SettingType {
        @Override
        public Optional<String> read(String text) {
            try {
                int number = Integer.parseInt(text);
                return number < min || number > max ? Optional.empty() : Optional.of(Integer.toString(number));
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        @Override
        public String accepts() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** A port, or nothing. */
    record OptionalPort() implements SettingType {
        private static final WholeNumber PORT = new WholeNumber(1, 65_535);

        @Override
        public Optional<String> read(String text) {
            return text.isBlank() ? Optional.of("") : PORT.read(text);
        }

        @Override
        public String accepts() {
            return PORT.accepts() + ", or nothing";
        }
    }

    /** One of a few words, case-insensitive. */
    record Word(List<String> words) implements SettingType {
        @Override
        public Optional<String> read(String text) {
            return words.stream().filter(text::equalsIgnoreCase).findFirst();
        }

        @Override
        public String accepts() {
            return "one of " + String.join(", ", words);
        }
    }

    /** A time such as {@code 500ms}, {@code 10s}, {@code 5m} or {@code 1h}, from the least to an hour. */
    record Time(Duration least) implements SettingType {
        /** Creates a type for times from zero to an hour. */
        Time() {
            this(Duration.ZERO);
        }

        @Override
        public Optional<String> read(String text) {
            String lower = text.strip().toLowerCase(Locale.ROOT);
            return DurationText.parse(lower)
                    .filter(time -> time.compareTo(least) >= 0 && time.compareTo(Duration.ofHours(1)) <= 0)
                    .map(time -> lower);
        }

        @Override
        public String accepts() {
            String small = least.isZero() ? "500ms, " : "";
            return "a time from " + least.toSeconds() + "s to 1h, such as " + small + "10s or 5m";
        }
    }

    /** A retention time such as {@code 12h} or {@code 30d}, at least a minute, or {@code forever}. */
    record KeepingTime() implements SettingType {
        private static final String FOREVER = "forever";
        private static final Duration LEAST = Duration.ofMinutes(1);
        private static final Duration MOST = Duration.ofDays(99_999);

        @Override
        public Optional<String> read(String text) {
            String lower = text.strip().toLowerCase(Locale.ROOT);
            boolean fits = lower.equals(FOREVER)
                    || DurationText.parse(lower)
                            .filter(time -> time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0)
                            .isPresent();
            return fits ? Optional.of(lower) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "forever, or a time from 1m to 99999d, such as 12h or 30d";
        }
    }

    /** A file or folder; {@code ~} is the user's home, and relative paths start at the working directory. */
    record Location() implements SettingType {
        @Override
        public Optional<String> read(String text) {
            try {
                Path path = text.equals("~") || text.startsWith("~/")
                        ? Path.of(System.getProperty("user.home"), text.substring(1))
                        : Path.of(text);
                return Optional.of(path.toAbsolutePath().normalize().toString());
            } catch (InvalidPathException malformed) {
                return Optional.empty();
            }
        }

        @Override
        public String accepts() {
            return "a path";
        }
    }

    /** A file or folder, or nothing. */
    record OptionalLocation() implements SettingType {
        @Override
        public Optional<String> read(String text) {
            return text.isBlank() ? Optional.of("") : new Location().read(text);
        }

        @Override
        public String accepts() {
            return "a path, or nothing";
        }
    }

    /** The name or address of a network interface of this machine; brackets around an IPv6 address are dropped. */
    record Host() implements SettingType {
        private static final Pattern FORM =
                Pattern.compile("[A-Za-z0-9_.-]+|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Za-z:.%]*]?");

        @Override
        public Optional<String> read(String text) {
            return FORM.matcher(text).matches()
                    ? Optional.of(text.replace("[", "").replace("]", ""))
                    : Optional.empty();
        }

        @Override
        public String accepts() {
            return "a host name or an address, such as 127.0.0.1 or 0.0.0.0";
        }
    }

    /** A text that is secret: it is taken as it is, since a message that refuses it would show it. */
    record Hidden() implements SettingType {
        @Override
        public Optional<String> read(String text) {
            return Optional.of(text);
        }

        @Override
        public String accepts() {
            return "any text";
        }
    }

    /** A text without line breaks; may be empty. */
    record Line() implements SettingType {
        @Override
        public Optional<String> read(String text) {
            return Optional.of(text.strip()).filter(line -> line.chars().noneMatch(Character::isISOControl));
        }

        @Override
        public String accepts() {
            return "a text of one line";
        }
    }

    /** The URL of a server that can be trusted to be the one: over TLS, or on this machine; may be empty. */
    record TrustedUrl() implements SettingType {
        @Override
        public Optional<String> read(String text) {
            try {
                URI url = URI.create(text.strip());
                boolean isOne = SecureUrl.isOne(url) && url.getRawQuery() == null && url.getRawFragment() == null;
                return text.isBlank() || isOne ? Optional.of(text.strip()) : Optional.empty();
            } catch (IllegalArgumentException noUrl) {
                return Optional.empty();
            }
        }

        @Override
        public String accepts() {
            return "an https URL, such as https://id.example.org/realms/main";
        }
    }

    /** The URL of a server, by HTTP or HTTPS, without a user and a query; may be empty. */
    record OptionalUrl() implements SettingType {
        @Override
        public Optional<String> read(String text) {
            try {
                URI url = URI.create(text.strip());
                boolean isServer =
                        ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                                && url.getHost() != null
                                && url.getRawUserInfo() == null
                                && url.getRawQuery() == null
                                && url.getRawFragment() == null;
                return text.isBlank() || isServer ? Optional.of(text.strip()) : Optional.empty();
            } catch (IllegalArgumentException noUrl) {
                return Optional.empty();
            }
        }

        @Override
        public String accepts() {
            return "a URL without a user, such as http://collector:4318, or nothing";
        }
    }

    /** The address of a database of PostgreSQL, without a password; may be empty. */
    record StoreUrl() implements SettingType {
        @Override
        public Optional<String> read(String text) {
            return text.isBlank() || PostgresUrl.parse(text).isPresent() ? Optional.of(text.strip()) : Optional.empty();
        }

        @Override
        public String accepts() {
            return "the address of a database without a password, such as postgresql://pawl@db.example.org/pawl?sslmode=verify-full"
                    + " (sslmode, sslrootcert, sslcert and sslkey; the password is in PAWL_STORE_PASSWORD_FILE,"
                    + " PAWL_STORE_PASSWORD or PGPASSFILE)";
        }
    }

    /** A share of a whole, from 0 to 1. */
    record Share() implements SettingType {
        private static final Pattern FORM = Pattern.compile("0|1|0?\\.[0-9]{1,9}|[01]\\.0{1,9}");

        @Override
        public Optional<String> read(String text) {
            return Optional.of(text.strip())
                    .filter(number -> FORM.matcher(number).matches());
        }

        @Override
        public String accepts() {
            return "a number from 0 to 1, such as 0.05";
        }
    }
}
