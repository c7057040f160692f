package dev.pawl.processes.run;

import dev.pawl.api.module.Module;
import org.osgi.framework.Bundle;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Makes a module for each task whose work a process does.
 *
 * @param validates whether a process checks the inputs before any task of the job runs
 * @param cleansUp whether the process is called once more after each run
 */
public record ProcessModuleFactory(ModuleProcess process, boolean validates, boolean cleansUp)
        implements PrototypeServiceFactory<Module> {

    @Override
    public Module getService(Bundle user, ServiceRegistration<Module> registration) {
        process.prepare();
        TaskProcess task = new TaskProcess(process, cleansUp);
        return cleansUp ? new CleaningProcessModule(task, validates) : new ProcessModule(task, validates);
    }

    @Override
    public void ungetService(Bundle user, ServiceRegistration<Module> registration, Module module) {
        if (module instanceof ProcessModule made) {
            made.close();
        } else if (module instanceof CleaningProcessModule made) {
            made.close();
        }
    }
}
