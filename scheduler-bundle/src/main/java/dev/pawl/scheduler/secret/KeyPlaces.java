package dev.pawl.scheduler.secret;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The files of the server's keys.
 *
 * @param secrets the key with which secrets are sealed
 * @param callbacks the key with which callbacks are signed
 */
public record KeyPlaces(Path secrets, Path callbacks) {

    /** The files in a data folder. */
    public static KeyPlaces in(Path data) {
        return new KeyPlaces(data.resolve(KeyFile.NAME), data.resolve(SigningKeys.NAME));
    }

    /** The files that properties of the framework name; those in the data folder unless they say otherwise. */
    public static KeyPlaces of(Function<String, @Nullable String> properties) {
        KeyPlaces usual =
                in(place(properties.apply("pawl.data.dir"), Path.of(System.getProperty("user.home"), ".pawl")));
        return new KeyPlaces(
                place(properties.apply("pawl.secret.key.file"), usual.secrets()),
                place(properties.apply("pawl.callback.key.file"), usual.callbacks()));
    }

    private static Path place(@Nullable String named, Path otherwise) {
        return named == null || named.isBlank() ? otherwise : Path.of(named.strip());
    }
}
