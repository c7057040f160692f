package dev.pawl.scheduler.secret;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.NamedSecrets;
import dev.pawl.service.secret.SecretEntry;
import dev.pawl.service.secret.SecretPage;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.KeptSecret;
import dev.pawl.service.store.SecretStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The secrets by name in the store, encrypted with the key of the data folder. */
@Component(service = NamedSecrets.class)
public final class StoredSecrets implements NamedSecrets {

    private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9._-]{0,63}|\\*");

    private final SecretStore store;
    private final InstantSource clock;
    private final KeptSecrets values;

    /** Creates the secrets with the key of the server. */
    @Activate
    public StoredSecrets(@Reference SecretStore store, @Reference InstantSource clock, BundleContext context) {
        this(store, clock, KeyPlaces.of(context::getProperty).secrets());
    }

    private StoredSecrets(SecretStore store, InstantSource clock, Path keyFile) {
        this.store = store;
        this.clock = clock;
        KeyFile key = new KeyFile(keyFile, () -> hasSecrets(store));
        this.values = new KeptSecrets(store::find, new Vault(key));
    }

    /** Opens the secrets of a store without a framework. This is a method because Declarative Services examines every public constructor. */
    public static StoredSecrets open(SecretStore store, InstantSource clock, Path keyFile) {
        return new StoredSecrets(store, clock, keyFile);
    }

    /** Whether the store holds any, which only the key that encrypted them opens. */
    public static boolean hasSecrets(SecretStore store) {
        return !store.list("", 1).isEmpty();
    }

    @Override
    public CompletionStage<Void> set(String name, String value, @Nullable Set<String> modules) {
        check(name);
        checkValue(value);
        checkModules(modules);
        AuditedChange change = AuditedChange.current();
        if (change != null && modules != null) {
            change.describe(
                    modules.isEmpty() ? "for no jobs" : "for jobs of " + String.join(", ", new TreeSet<>(modules)));
        }
        String by = (change == null ? Actor.inside(Door.SERVER) : change.actor()).who();
        KeptSecret secret = new KeptSecret(
                name, values.sealed(name, value), Objects.requireNonNullElse(modules, Set.of()), clock.instant(), by);
        return Confirmation.within(store.put(secret, modules == null, change), "The secret " + name);
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        check(name);
        return Confirmation.within(store.delete(name, AuditedChange.current()), "The removal of secret " + name)
                .thenAccept(found -> {
                    if (!found) {
                        throw new ProblemException(
                                ProblemCode.UNKNOWN_SECRET, "The server keeps no secret \"" + name + "\".");
                    }
                });
    }

    @Override
    public SecretPage page(@Nullable String cursor, int limit) {
        List<SecretEntry> found = store.list(cursor == null ? "" : cursor, limit + 1).stream()
                .map(this::entry)
                .toList(); // one more than fits, to see whether this is the last page
        return found.size() <= limit
                ? new SecretPage(found, null)
                : new SecretPage(found.subList(0, limit), found.get(limit - 1).name());
    }

    private SecretEntry entry(KeptSecret secret) {
        return new SecretEntry(
                secret.name(),
                List.copyOf(new TreeSet<>(secret.modules())),
                isReadable(secret),
                secret.changedAt(),
                secret.changedBy());
    }

    private boolean isReadable(KeptSecret secret) {
        try {
            values.open(secret);
            return true;
        } catch (UnreadableSecretException e) {
            return false;
        }
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw malformed("The secret's name takes 1 to 100 letters of ASCII, digits, dots, hyphens and underscores,"
                    + " and does not begin with a dot or a hyphen.");
        }
    }

    /** Nothing of the value is in a message. */
    private static void checkValue(String value) {
        if (value.isEmpty() || JsonLimits.hasUnpairedSurrogate(value)) {
            throw malformed("value takes a text that is not empty and has no half of a character outside of the BMP.");
        }
        if (value.length() > MOST_BYTES || value.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "value has more than " + MOST_BYTES / 1_024 + " KiB, the most it takes.");
        }
    }

    private static void checkModules(@Nullable Set<String> modules) {
        if (modules != null
                && (modules.size() > MOST_MODULES
                        || !modules.stream().allMatch(id -> MODULE.matcher(id).matches()))) {
            throw malformed("modules takes up to " + MOST_MODULES + " ids of modules, or \"*\" for all.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}
