package dev.pawl.guard;

import dev.pawl.launch.ModuleLocation;
import dev.pawl.service.guard.ServerExitError;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Weaves each class of a module bundle when it is loaded, and replaces the calls that would end the server. */
final class ModuleWeaving implements WeavingHook {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleWeaving.class);

    static boolean isModule(Bundle bundle) {
        return ModuleLocation.isModule(bundle.getLocation());
    }

    @Override
    public void weave(WovenClass woven) {
        if (!isModule(woven.getBundleWiring().getBundle())) {
            return;
        }
        byte[] original = woven.getBytes();
        byte[] guarded;
        try {
            guarded = ExitCalls.replaced(original);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // the JVM will verify the class itself
            LOG.warn("Class {} has an unknown format and is loaded unguarded.", woven.getClassName(), e);
            return;
        }
        if (guarded != original) {
            woven.setBytes(guarded);
            woven.getDynamicImports().add(ServerExitError.class.getPackageName());
            LOG.info(
                    "Class {} of {} calls exit or halt; the call will throw an error instead.",
                    woven.getClassName(),
                    woven.getBundleWiring().getBundle().getSymbolicName());
        }
    }
}
