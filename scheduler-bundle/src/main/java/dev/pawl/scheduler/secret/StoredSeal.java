package dev.pawl.scheduler.secret;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.SecretSeal;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.KeptHook;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.service.store.SecretStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The seal with the key of the data folder. Its secrets are an admin's, so that they may refer to anything that settings of modules may refer to. */
@Component(service = SecretSeal.class)
public final class StoredSeal implements SecretSeal {

    private static final int PAGE = 100;
    private static final String NAME = "secret";

    private final Vault vault;
    private final SecretReference references;

    /** Creates the seal with the key of the server. */
    @Activate
    public StoredSeal(
            @Reference SecretStore store,
            @Reference HookStore hooks,
            @Reference NotificationStore notifications,
            BundleContext context) {
        this(store, hooks, notifications, KeyPlaces.of(context::getProperty).secrets());
    }

    private StoredSeal(SecretStore store, HookStore hooks, NotificationStore notifications, Path keyFile) {
        this.vault = new Vault(new KeyFile(
                keyFile,
                () -> StoredSecrets.hasSecrets(store) || hasSealedHooks(hooks) || hasSealedRules(notifications)));
        this.references =
                new SecretReference(System::getenv, ReferenceBounds.NOTHING, new KeptSecrets(store::find, vault));
    }

    /** Creates a seal without a framework. This is a method because Declarative Services examines every public constructor. */
    public static StoredSeal open(SecretStore store, HookStore hooks, NotificationStore notifications, Path keyFile) {
        return new StoredSeal(store, hooks, notifications, keyFile);
    }

    /** Whether there are hooks with a secret, which only the key that sealed it opens. It is asked when the key is not there. */
    private static boolean hasSealedHooks(HookStore hooks) {
        List<KeptHook> page = hooks.list("", PAGE);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(hook -> hook.request().auth().secret() != null)) {
                return true;
            }
            page = hooks.list(page.get(page.size() - 1).name(), PAGE);
        }
        return false;
    }

    /** The same for notifications with an address, which is sealed too. */
    private static boolean hasSealedRules(NotificationStore notifications) {
        List<KeptNotificationRule> page = notifications.list("", PAGE);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(kept -> kept.rule().target().url() != null)) {
                return true;
            }
            page = notifications.list(page.get(page.size() - 1).name(), PAGE);
        }
        return false;
    }

    @Override
    public String sealed(String place, String value) {
        return String.valueOf(
                vault.sealed(place, Map.of(NAME, value), List.of(NAME)).get(NAME));
    }

    @Override
    public String opened(String place, String sealed) {
        try {
            Map<String, Object> opened = vault.opened(place, Map.of(NAME, sealed));
            return String.valueOf(references.followed(opened, List.of(NAME)).get(NAME));
        } catch (UnreadableSecretException e) {
            throw new ProblemException(ProblemCode.SECRET_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
