package dev.pawl.it.modules.needy;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** Provides the service that {@link NeedyModule} requires, once the module {@code choosy} is configured. */
@Component(
        service = Paper.class,
        property = "size=A4",
        configurationPid = "dev.pawl.module.choosy",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PaperSupply implements Paper {

    @Override
    public int sheets() {
        return 500;
    }
}
