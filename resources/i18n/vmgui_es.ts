<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About vmgui</source>
        <translation>Acerca de vmgui</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Versión {version}</translation>
    </message>
    <message>
        <source>Runs virtual machines on many libvirt hosts, by point and click.</source>
        <translation>Maneja máquinas virtuales en muchos hosts de libvirt con unos pocos clics.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License 3 or later. Icons: Lucide (ISC licence).</source>
        <translation>Software libre bajo la Licencia Pública General de GNU 3 o posterior. Iconos: Lucide (licencia ISC).</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>Alert</name>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Storage pool nearly full</source>
        <translation>Grupo de almacenamiento casi lleno</translation>
    </message>
    <message>
        <source>Host&apos;s memory nearly used up</source>
        <translation>Memoria del host casi agotada</translation>
    </message>
    <message>
        <source>Host&apos;s processor very busy</source>
        <translation>Procesador del host muy ocupado</translation>
    </message>
    <message>
        <source>Virtual machine crashed</source>
        <translation>Máquina virtual caída</translation>
    </message>
    <message>
        <source>Virtual machine paused: a disk could not be read or written</source>
        <translation>Máquina virtual en pausa: no se pudo leer o escribir un disco</translation>
    </message>
    <message>
        <source>Connection to a host lost</source>
        <translation>Conexión con un host perdida</translation>
    </message>
    <message>
        <source>Storage pool {name} is {percent} full</source>
        <translation>El grupo de almacenamiento {name} está lleno al {percent}</translation>
    </message>
    <message>
        <source>{name} uses {percent} of its memory</source>
        <translation>{name} usa el {percent} de su memoria</translation>
    </message>
    <message>
        <source>The processor of {name} is {percent} busy</source>
        <translation>El procesador de {name} está ocupado al {percent}</translation>
    </message>
    <message>
        <source>{name} crashed</source>
        <translation>{name} se cayó</translation>
    </message>
    <message>
        <source>{name} is paused: a disk could not be read or written</source>
        <translation>{name} está en pausa: no se pudo leer o escribir un disco</translation>
    </message>
    <message>
        <source>The connection to {name} is lost</source>
        <translation>Se perdió la conexión con {name}</translation>
    </message>
</context>
<context>
    <name>AlertBell</name>
    <message numerus="yes">
        <source>%n active alert(s)</source>
        <translation>
            <numerusform>%n alerta activa</numerusform>
            <numerusform>%n alertas activas</numerusform>
        </translation>
    </message>
    <message>
        <source>No active alerts</source>
        <translation>No hay alertas activas</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>y %n más</numerusform>
            <numerusform>y %n más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alerta</numerusform>
            <numerusform>%n alertas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AlertList</name>
    <message>
        <source>Active alerts</source>
        <translation>Alertas activas</translation>
    </message>
    <message>
        <source>Nothing is amiss.</source>
        <translation>Todo está en orden.</translation>
    </message>
    <message>
        <source>Enter goes there, Delete dismisses</source>
        <translation>Intro va allí, Supr descarta</translation>
    </message>
    <message>
        <source>Choose what to be told of…</source>
        <translation>Elegir de qué avisar…</translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>Descartar todas</translation>
    </message>
</context>
<context>
    <name>AlertSettingsDialog</name>
    <message>
        <source>Alerts</source>
        <translation>Alertas</translation>
    </message>
    <message>
        <source>Tell me of</source>
        <translation>Avisarme de</translation>
    </message>
    <message>
        <source>An alert shows at the bell in the status bar until it is over or you dismiss it.</source>
        <translation>Una alerta se muestra en la campana de la barra de estado hasta que pasa o la descartas.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>over </source>
        <translation>más de </translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>for </source>
        <translation>durante </translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>al instante</translation>
    </message>
    <message>
        <source>Also as notifications of the desktop</source>
        <translation>También como notificaciones del escritorio</translation>
    </message>
    <message>
        <source>{rule}: limit in per cent</source>
        <translation>{rule}: límite en porcentaje</translation>
    </message>
    <message>
        <source>{rule}: for how many minutes</source>
        <translation>{rule}: durante cuántos minutos</translation>
    </message>
    <message>
        <source>Active alerts</source>
        <translation>Alertas activas</translation>
    </message>
    <message>
        <source>Alerts…</source>
        <translation>Alertas…</translation>
    </message>
</context>
<context>
    <name>AnswerRow</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>ApplyStrip</name>
    <message>
        <source>&amp;Preview</source>
        <translation>V&amp;ista previa</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Descartar</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>A&amp;plicar</translation>
    </message>
    <message>
        <source>Apply (Ctrl+S)</source>
        <translation>Aplicar (Ctrl+S)</translation>
    </message>
    <message>
        <source>To apply: {fix}</source>
        <translation>Para aplicar: {fix}</translation>
    </message>
</context>
<context>
    <name>BulkPage</name>
    <message numerus="yes">
        <source>%n virtual machine(s) selected</source>
        <translation>
            <numerusform>%n máquina virtual seleccionada</numerusform>
            <numerusform>%n máquinas virtuales seleccionadas</numerusform>
        </translation>
    </message>
    <message>
        <source>Together</source>
        <translation>En conjunto</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Virtual CPUs</source>
        <translation>CPU virtuales</translation>
    </message>
    <message>
        <source>{count} in use now</source>
        <translation>{count} en uso ahora</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>{size} promised now</source>
        <translation>{size} comprometidos ahora</translation>
    </message>
    <message>
        <source>Virtual machines</source>
        <translation>Máquinas virtuales</translation>
    </message>
</context>
<context>
    <name>Capabilities</name>
    <message>
        <source>What</source>
        <translation>Elemento</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Host processor</source>
        <translation>Procesador del host</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Arquitectura</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>Fabricante</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funciones</translation>
    </message>
    <message>
        <source>Guests: {arch}</source>
        <translation>Invitados: {arch}</translation>
    </message>
    <message>
        <source>Emulator ({kinds})</source>
        <translation>Emulador ({kinds})</translation>
    </message>
    <message>
        <source>Machine types ({kinds})</source>
        <translation>Tipos de máquina ({kinds})</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>Virtual CPUs at most</source>
        <translation>Máximo de CPU virtuales</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>Firmware files</source>
        <translation>Archivos de firmware</translation>
    </message>
    <message>
        <source>Processor modes</source>
        <translation>Modos de procesador</translation>
    </message>
    <message>
        <source>Processor models</source>
        <translation>Modelos de procesador</translation>
    </message>
    <message>
        <source>Processor models this host cannot run</source>
        <translation>Modelos de procesador que este host no puede ejecutar</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Further features</source>
        <translation>Otras funciones</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
</context>
<context>
    <name>CapabilitiesTab</name>
    <message>
        <source>Search machine types, processor features, devices</source>
        <translation>Buscar tipos de máquina, funciones del procesador, dispositivos</translation>
    </message>
    <message>
        <source>Search capabilities</source>
        <translation>Buscar capacidades</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Show XML</source>
        <translation>Mostrar XML</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Capacidades</translation>
    </message>
    <message>
        <source>XML, read-only</source>
        <translation>XML, solo lectura</translation>
    </message>
    <message>
        <source>Known once the host was connected.</source>
        <translation>Se sabrá cuando el host se haya conectado.</translation>
    </message>
    <message>
        <source>This host cannot tell.</source>
        <translation>Este host no puede decirlo.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>Capabilities of {host}</source>
        <translation>Capacidades de {host}</translation>
    </message>
    <message>
        <source>cut: only its beginning is shown</source>
        <translation>recortado: solo se muestra el principio</translation>
    </message>
</context>
<context>
    <name>CapacitySlider</name>
    <message>
        <source>{name}: unit</source>
        <translation>{name}: unidad</translation>
    </message>
    <message>
        <source>Change the unit</source>
        <translation>Cambiar la unidad</translation>
    </message>
    <message>
        <source>{free} left of {total} {place}</source>
        <translation>Quedan {free} de {total} {place}</translation>
    </message>
    <message>
        <source>{over} more than the {total} {place}</source>
        <translation>{over} más que los {total} {place}</translation>
    </message>
    <message>
        <source>{amount} {who}</source>
        <translation>{amount} {who}</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>No change is known: changes are noticed from the first time vmgui has seen the machine.</source>
        <translation>No se conoce ningún cambio: se observan desde la primera vez que vmgui ha visto la máquina.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Mirando…</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Cambios</translation>
    </message>
    <message>
        <source>Restore what was before…</source>
        <translation>Restaurar lo que había antes…</translation>
    </message>
    <message>
        <source>The machine becomes what it was before the chosen change.</source>
        <translation>La máquina vuelve a ser lo que era antes del cambio elegido.</translation>
    </message>
</context>
<context>
    <name>ChangesDialog</name>
    <message>
        <source>Changes of {name}</source>
        <translation>Cambios de {name}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>The machine is not there any more.</source>
        <translation>La máquina ya no está.</translation>
    </message>
</context>
<context>
    <name>ChooseFile</name>
    <message>
        <source>Replace {name}?</source>
        <translation>¿Sustituir {name}?</translation>
    </message>
    <message>
        <source>A file of this name already exists in {folder}.</source>
        <translation>Ya existe un archivo con este nombre en {folder}.</translation>
    </message>
    <message>
        <source>What it contains is lost.</source>
        <translation>Su contenido se pierde.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Sustituir</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Possible</source>
        <translation>Posible</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Por qué no</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Answers in</source>
        <translation>Responde en</translation>
    </message>
    <message>
        <source>Hypervisor</source>
        <translation>Hipervisor</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En marcha</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Máquinas</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Start it from this installer CD: a file here or on its host</source>
        <translation>Iniciarla con este CD de instalación: un archivo de aquí o de su host</translation>
    </message>
    <message>
        <source>Give it this existing disk: POOL/NAME, or its path on the host</source>
        <translation>Darle este disco existente: GRUPO/NOMBRE, o su ruta en el host</translation>
    </message>
    <message>
        <source>Start it from the network</source>
        <translation>Iniciarla desde la red</translation>
    </message>
    <message>
        <source>Start it from nothing yet</source>
        <translation>Iniciarla sin nada todavía</translation>
    </message>
    <message>
        <source>Its virtual CPUs</source>
        <translation>Sus CPU virtuales</translation>
    </message>
    <message>
        <source>Its memory, such as 4GiB</source>
        <translation>Su memoria, por ejemplo 4GiB</translation>
    </message>
    <message>
        <source>How large its new disk is</source>
        <translation>El tamaño de su disco nuevo</translation>
    </message>
    <message>
        <source>The storage pool for its new disk</source>
        <translation>El grupo de almacenamiento para su disco nuevo</translation>
    </message>
    <message>
        <source>The virtual network or bridge it is plugged into, or none</source>
        <translation>La red virtual o el puente al que se conecta, o none</translation>
    </message>
    <message>
        <source>Start it once it is made</source>
        <translation>Iniciarla cuando esté creada</translation>
    </message>
    <message>
        <source>On which host? Say HOST/{name}, where HOST is one of these: {hosts}.</source>
        <translation>¿En qué host? Di HOST/{name}, donde HOST es uno de estos: {hosts}.</translation>
    </message>
    <message>
        <source>What would be made</source>
        <translation>Qué se crearía</translation>
    </message>
    <message>
        <source>Make a machine; what is not said is chosen as the wizard chooses it.</source>
        <translation>Crear una máquina; lo que no se dice se elige como lo elige el asistente.</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identificador</translation>
    </message>
    <message>
        <source>Disk {target}</source>
        <translation>Disco {target}</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>Tarjeta de red</translation>
    </message>
    <message>
        <source>Do not wait until the guests have done it</source>
        <translation>No esperar a que los invitados lo hayan hecho</translation>
    </message>
    <message>
        <source>Start machines; one with a saved state goes on where it was.</source>
        <translation>Inicia máquinas; una con estado guardado continúa donde estaba.</translation>
    </message>
    <message>
        <source>Ask guests to shut down, and wait until they are off.</source>
        <translation>Pide a los sistemas invitados que se apaguen y espera a que lo hagan.</translation>
    </message>
    <message>
        <source>Ask guests to restart.</source>
        <translation>Pide a los sistemas invitados que se reinicien.</translation>
    </message>
    <message>
        <source>Restart machines at once, as by their reset button.</source>
        <translation>Reinicia las máquinas de inmediato, como con su botón de reinicio.</translation>
    </message>
    <message>
        <source>Turn machines off at once, as by pulling the plug.</source>
        <translation>Apaga las máquinas de inmediato, como al desenchufarlas.</translation>
    </message>
    <message>
        <source>Stop the processors of machines until they are resumed.</source>
        <translation>Detiene los procesadores de las máquinas hasta que se reanuden.</translation>
    </message>
    <message>
        <source>Let paused machines go on.</source>
        <translation>Deja continuar las máquinas en pausa.</translation>
    </message>
    <message>
        <source>Write the memory of machines to their hosts&apos; disks and turn them off.</source>
        <translation>Escribe la memoria de las máquinas en los discos de sus hosts y las apaga.</translation>
    </message>
    <message>
        <source>Start machines where they were when they were saved.</source>
        <translation>Inicia las máquinas donde estaban cuando se guardaron.</translation>
    </message>
    <message>
        <source>Start machines whose UEFI forgets its keys, settings and order of systems.</source>
        <translation>Inicia máquinas cuyo UEFI olvida sus claves, sus ajustes y el orden de sus sistemas.</translation>
    </message>
    <message>
        <source>Give a machine another name.</source>
        <translation>Da otro nombre a una máquina.</translation>
    </message>
    <message>
        <source>Start machines with their host, or not.</source>
        <translation>Hace que las máquinas se inicien con su host, o no.</translation>
    </message>
    <message>
        <source>Whether they start with the host</source>
        <translation>Si se inician con el host</translation>
    </message>
    <message>
        <source>Protect machines from deletion, force off and reset, or do so no longer.</source>
        <translation>Proteger máquinas contra la eliminación, el apagado forzado y el restablecimiento, o dejar de hacerlo.</translation>
    </message>
    <message>
        <source>Whether they are protected</source>
        <translation>Si están protegidas</translation>
    </message>
    <message>
        <source>Say yes to it with --yes.</source>
        <translation>Responde que sí con --yes.</translation>
    </message>
    <message>
        <source>Type {name} to go on:</source>
        <translation>Escribe {name} para continuar:</translation>
    </message>
    <message>
        <source>{act}? [y/N]</source>
        <translation>¿{act}? [s/N]</translation>
    </message>
    <message>
        <source>y yes</source>
        <comment>all words for yes</comment>
        <translation>s sí si</translation>
    </message>
    <message>
        <source>Give machines tags, take tags from them, put them into a folder.</source>
        <translation>Poner etiquetas a las máquinas, quitárselas o meterlas en una carpeta.</translation>
    </message>
    <message>
        <source>Add this tag (repeatable)</source>
        <translation>Añadir esta etiqueta (repetible)</translation>
    </message>
    <message>
        <source>Remove this tag (repeatable)</source>
        <translation>Quitar esta etiqueta (repetible)</translation>
    </message>
    <message>
        <source>Put them into this folder; an empty one takes them out of theirs</source>
        <translation>Meterlas en esta carpeta; una vacía las saca de la suya</translation>
    </message>
    <message>
        <source>Goes</source>
        <translation>Se elimina</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Se queda</translation>
    </message>
    <message>
        <source>The machine</source>
        <translation>La máquina</translation>
    </message>
    <message>
        <source>Fate</source>
        <translation>Destino</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>Delete machines with their disks, but for those that others need; forces off what runs.</source>
        <translation>Eliminar máquinas con sus discos, salvo los que otras necesitan; las que están en marcha se apagan a la fuerza.</translation>
    </message>
    <message>
        <source>Leave all disks where they are</source>
        <translation>Dejar todos los discos donde están</translation>
    </message>
    <message>
        <source>CPUs that it has</source>
        <translation>CPU que tiene</translation>
    </message>
    <message>
        <source>CPUs that it can be given while it runs</source>
        <translation>CPU que se le pueden dar mientras está en marcha</translation>
    </message>
    <message>
        <source>memory that it has: 4GiB, 512MiB</source>
        <translation>memoria que tiene: 4GiB, 512MiB</translation>
    </message>
    <message>
        <source>memory that it can be given while it runs</source>
        <translation>memoria que se le puede dar mientras está en marcha</translation>
    </message>
    <message>
        <source>its share where CPUs are scarce, or none for the host&apos;s default</source>
        <translation>su parte cuando faltan CPU, o none para el valor predeterminado del host</translation>
    </message>
    <message>
        <source>of one CPU that each of its CPUs may use, or none</source>
        <translation>cuánto de una CPU puede usar cada una de las suyas, o none</translation>
    </message>
    <message>
        <source>size and limits of a disk: vda:size=40GiB,read-iops=500,write-bps=50MB; none takes a limit away</source>
        <translation>tamaño y límites de un disco: vda:size=40GiB,read-iops=500,write-bps=50MB; none quita un límite</translation>
    </message>
    <message>
        <source>limits of a network card: 52:54:00:12:34:56:in=10MB,out=none</source>
        <translation>límites de una tarjeta de red: 52:54:00:12:34:56:in=10MB,out=none</translation>
    </message>
    <message>
        <source>It is so already.</source>
        <translation>Ya está así.</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Ajuste</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <source>next start</source>
        <translation>próximo inicio</translation>
    </message>
    <message>
        <source>What a machine is made of, now and after its next start.</source>
        <translation>De qué consta una máquina, ahora y tras su próximo inicio.</translation>
    </message>
    <message>
        <source>Give a machine a device: now where possible, and for the next start.</source>
        <translation>Dar un dispositivo a una máquina: ahora donde se pueda, y para el próximo inicio.</translation>
    </message>
    <message>
        <source>Change a device of a machine, the medium in a drive, or how the machine starts.</source>
        <translation>Cambiar un dispositivo de una máquina, el medio de una unidad o cómo se inicia la máquina.</translation>
    </message>
    <message>
        <source>Take a device out of a machine: now where possible, and for the next start.</source>
        <translation>Quitar un dispositivo de una máquina: ahora donde se pueda, y para el próximo inicio.</translation>
    </message>
    <message>
        <source>What can be set of a device, what it is, and what is possible on its host.</source>
        <translation>Qué se puede ajustar de un dispositivo, cómo está y qué es posible en su host.</translation>
    </message>
    <message>
        <source>Change CPUs, memory, disks and limits: now where possible, and for the next start.</source>
        <translation>Cambiar CPU, memoria, discos y límites: ahora donde se pueda, y para el próximo inicio.</translation>
    </message>
    <message>
        <source>The whole XML of a machine, or with --set another one for it.</source>
        <translation>El XML completo de una máquina; con --set, otro para ella.</translation>
    </message>
    <message>
        <source>What would happen</source>
        <translation>Qué pasaría</translation>
    </message>
    <message>
        <source>Undo the last change of a machine&apos;s saved definition, or an earlier one; list them.</source>
        <translation>Deshacer el último cambio de la definición guardada de una máquina, o uno anterior; listarlos.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clave</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>(did you mean {word}?)</source>
        <translation>(¿quisiste decir {word}?)</translation>
    </message>
    <message>
        <source>{key} is not to be chosen here.</source>
        <translation>{key} no se elige aquí.</translation>
    </message>
    <message>
        <source>it is not accepted</source>
        <translation>no se acepta</translation>
    </message>
    <message>
        <source>{key} can be from {least} to {most}.</source>
        <translation>{key} puede ir de {least} a {most}.</translation>
    </message>
    <message>
        <source>{keys} does not go with the other values.</source>
        <translation>{keys} no es compatible con los demás valores.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>{key} cannot be {value}{closest}: there is {options}</source>
        <translation>{key} no puede ser {value}{closest}: hay {options}</translation>
    </message>
    <message>
        <source>Devices of this kind are changed in the XML: vmgui xml VM --set FILE.</source>
        <translation>Los dispositivos de este tipo se cambian en el XML: vmgui xml VM --set FILE.</translation>
    </message>
    <message>
        <source>There are {ids}.</source>
        <translation>Hay {ids}.</translation>
    </message>
</context>
<context>
    <name>Commitment</name>
    <message>
        <source>Not known</source>
        <translation>No se sabe</translation>
    </message>
    <message>
        <source>Enough for all</source>
        <translation>Suficiente para todas</translation>
    </message>
    <message>
        <source>More than there is, as usual</source>
        <translation>Más de lo que hay, como es habitual</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Justo</translation>
    </message>
    <message>
        <source>Too much</source>
        <translation>Demasiado</translation>
    </message>
</context>
<context>
    <name>CommitmentCard</name>
    <message>
        <source>Promised to virtual machines</source>
        <translation>Asignado a máquinas virtuales</translation>
    </message>
    <message>
        <source>Virtual CPUs</source>
        <translation>CPU virtuales</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Discos</translation>
    </message>
    <message>
        <source>{all} for volumes, pools hold {exists}</source>
        <translation>{all} para volúmenes, capacidad de los grupos: {exists}</translation>
    </message>
    <message>
        <source>not all volumes were counted</source>
        <translation>no se contaron todos los volúmenes</translation>
    </message>
    <message>
        <source>{running} running now, {all} with all started, {exists} exist</source>
        <translation>{running} en marcha ahora, {all} con todas iniciadas; hay {exists}</translation>
    </message>
    <message>
        <source>with all started: {level}</source>
        <translation>con todas iniciadas: {level}</translation>
    </message>
    <message>
        <source>{number} : 1</source>
        <translation>{number} : 1</translation>
    </message>
    <message>
        <source>Known once the host was connected.</source>
        <translation>Se sabrá cuando el host se haya conectado.</translation>
    </message>
    <message>
        <source>This host keeps no storage pools.</source>
        <translation>Este host no gestiona grupos de almacenamiento.</translation>
    </message>
    <message>
        <source>The storage pools have not answered for {duration}.</source>
        <translation>Los grupos de almacenamiento no responden desde hace {duration}.</translation>
    </message>
    <message>
        <source>The storage pools could not be read.</source>
        <translation>No se pudieron leer los grupos de almacenamiento.</translation>
    </message>
    <message>
        <source>Storage pools are read while this page is shown.</source>
        <translation>Los grupos de almacenamiento se leen mientras se muestra esta página.</translation>
    </message>
    <message>
        <source>Storage pool “{pool}” has not answered for {duration}.</source>
        <translation>El grupo de almacenamiento «{pool}» no responde desde hace {duration}.</translation>
    </message>
    <message>
        <source>Storage read {age}.</source>
        <translation>Almacenamiento leído: {age}.</translation>
    </message>
    <message>
        <source>No storage pool is active.</source>
        <translation>No hay ningún grupo de almacenamiento activo.</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Type {name} to go on:</source>
        <translation>Escribe {name} para continuar:</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>Connect to a host</source>
        <translation>Conectar a un host</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>Cambiar {name}</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Conectando</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Probar la conexión</translation>
    </message>
    <message>
        <source>Keep it in the list anyway</source>
        <translation>Dejarlo en la lista de todos modos</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
    <message>
        <source>It works: {hostname} answers, with libvirt {version} and {driver}.</source>
        <translation>Funciona: {hostname} responde, con libvirt {version} y {driver}.</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Detener la prueba</translation>
    </message>
    <message>
        <source>Give it a name for the list.</source>
        <translation>Ponle un nombre para la lista.</translation>
    </message>
    <message>
        <source>This host is in the list already, as “{name}”.</source>
        <translation>Este host ya está en la lista, como «{name}».</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conectando…</translation>
    </message>
    <message>
        <source>The host cannot be reached.</source>
        <translation>No se puede llegar al host.</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>Open console</source>
        <translation>Abrir consola</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Consola</translation>
    </message>
</context>
<context>
    <name>ConsolePane</name>
    <message>
        <source>Send keys</source>
        <translation>Enviar teclas</translation>
    </message>
    <message>
        <source>Key combinations this computer would keep for itself</source>
        <translation>Combinaciones de teclas que este equipo se quedaría para sí</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>Ajustar a la ventana</translation>
    </message>
    <message>
        <source>The whole screen in the space there is; off: one to one</source>
        <translation>La pantalla entera en el espacio que hay; desactivado: uno a uno</translation>
    </message>
    <message>
        <source>View only</source>
        <translation>Solo ver</translation>
    </message>
    <message>
        <source>Look without touching: no key or click reaches the machine</source>
        <translation>Mirar sin tocar: ninguna tecla ni clic llega a la máquina</translation>
    </message>
    <message>
        <source>Screenshot…</source>
        <translation>Captura…</translation>
    </message>
    <message>
        <source>Save the screen as a picture</source>
        <translation>Guardar la pantalla como imagen</translation>
    </message>
    <message>
        <source>Screen of {name}</source>
        <translation>Pantalla de {name}</translation>
    </message>
    <message>
        <source>Connecting to the screen of {name}…</source>
        <translation>Conectando con la pantalla de {name}…</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Probar ahora</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>Ctrl+Alt gives the keyboard back</source>
        <translation>Ctrl+Alt devuelve el teclado</translation>
    </message>
    <message>
        <source>Choose the authority that has signed the display’s certificate</source>
        <translation>Elige la autoridad que ha firmado el certificado de la pantalla</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Certificados (*.pem *.crt *.cer);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Imágenes (*.png)</translation>
    </message>
    <message>
        <source>{path} could not be written</source>
        <translation>No se pudo escribir {path}</translation>
    </message>
</context>
<context>
    <name>ConsoleReason</name>
    <message>
        <source>{name} is off</source>
        <translation>{name} está apagada</translation>
    </message>
    <message>
        <source>Start it to see its screen.</source>
        <translation>Iníciala para ver su pantalla.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>{name} has no display</source>
        <translation>{name} no tiene pantalla</translation>
    </message>
    <message>
        <source>It was made without a graphics device, so there is no screen to show.</source>
        <translation>Se creó sin dispositivo gráfico, así que no hay pantalla que mostrar.</translation>
    </message>
    <message>
        <source>{name} offers SPICE only</source>
        <translation>{name} solo ofrece SPICE</translation>
    </message>
    <message>
        <source>vmgui shows VNC displays. Add a VNC display to this machine to see it here.</source>
        <translation>vmgui muestra pantallas VNC. Añade una pantalla VNC a esta máquina para verla aquí.</translation>
    </message>
    <message>
        <source>{name} has a display of another kind</source>
        <translation>{name} tiene una pantalla de otro tipo</translation>
    </message>
    <message>
        <source>It shows its screen in a window on its own host. Add a VNC display to see it here.</source>
        <translation>Muestra su pantalla en una ventana de su propio host. Añade una pantalla VNC para verla aquí.</translation>
    </message>
    <message>
        <source>Its display is of the kind “{kind}”, and vmgui shows VNC. Add a VNC display to see it here.</source>
        <translation>Su pantalla es del tipo «{kind}» y vmgui muestra VNC. Añade una pantalla VNC para verla aquí.</translation>
    </message>
    <message>
        <source>The screen of {name} is reachable on its host only</source>
        <translation>La pantalla de {name} solo es accesible desde su host</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Its display listens on no address: only a program on the host itself can see it. Give the display an address, the host’s own (127.0.0.1) is enough with ssh.</source>
        <translation>Su pantalla no escucha en ninguna dirección: solo puede verla un programa del propio host. Dale una dirección; con ssh basta la del propio host (127.0.0.1).</translation>
    </message>
    <message>
        <source>ssh does not lead to the screen of {name}</source>
        <translation>ssh no llega hasta la pantalla de {name}</translation>
    </message>
    <message>
        <source>The login works, but the host’s ssh server does not allow the way on to {where}. Its administrator can allow it: AllowTcpForwarding or PermitOpen in sshd_config, and no “restrict” or “no-port-forwarding” before your key in authorized_keys.</source>
        <translation>El inicio de sesión funciona, pero el servidor ssh del host no permite pasar hasta {where}. Quien lo administra puede permitirlo: AllowTcpForwarding o PermitOpen en sshd_config, y sin «restrict» ni «no-port-forwarding» delante de tu clave en authorized_keys.</translation>
    </message>
    <message>
        <source>The login works, but nothing accepts connections at {where} on the host. The machine may be about to start or to end; if this stays, restart it so that its display is opened anew.</source>
        <translation>El inicio de sesión funciona, pero nada acepta conexiones en {where} dentro del host. Puede que la máquina esté arrancando o terminando; si sigue así, reiníciala para que su pantalla se abra de nuevo.</translation>
    </message>
    <message>
        <source>The login works, but not the way on to {where}. Perhaps the host’s ssh server forbids it (AllowTcpForwarding, AllowStreamLocalForwarding), or nobody listens there.</source>
        <translation>El inicio de sesión funciona, pero no el camino hasta {where}. Quizá el servidor ssh del host lo prohíbe (AllowTcpForwarding, AllowStreamLocalForwarding) o nadie escucha allí.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Probar ahora</translation>
    </message>
    <message>
        <source>The host of {name} is not connected</source>
        <translation>El host de {name} no está conectado</translation>
    </message>
    <message>
        <source>The screen comes back by itself when the host does.</source>
        <translation>La pantalla vuelve por sí sola cuando vuelva el host.</translation>
    </message>
    <message>
        <source>{name} is starting</source>
        <translation>{name} está arrancando</translation>
    </message>
    <message>
        <source>Its screen is not there yet.</source>
        <translation>Su pantalla aún no está.</translation>
    </message>
    <message>
        <source>The server says: “{words}”</source>
        <translation>El servidor dice: «{words}»</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>Conectar de nuevo</translation>
    </message>
    <message>
        <source>The password was not accepted</source>
        <translation>No se aceptó la contraseña</translation>
    </message>
    <message>
        <source>The display of {name} asks for its own password.</source>
        <translation>La pantalla de {name} pide su propia contraseña.</translation>
    </message>
    <message>
        <source>The screen of {name} cannot be reached</source>
        <translation>No se puede llegar a la pantalla de {name}</translation>
    </message>
    <message>
        <source>Nobody accepts connections at {where}. Check that the host’s firewall lets them through.</source>
        <translation>Nadie acepta conexiones en {where}. Comprueba que el cortafuegos del host las deja pasar.</translation>
    </message>
    <message>
        <source>Nobody accepts connections there.</source>
        <translation>Nadie acepta conexiones allí.</translation>
    </message>
    <message>
        <source>The screen of {name} could not be connected to</source>
        <translation>No se pudo conectar con la pantalla de {name}</translation>
    </message>
    <message>
        <source>This computer can start no more threads now. The machine itself goes on. Ending other programs of yours makes room.</source>
        <translation>Este equipo no puede iniciar más hilos ahora. La máquina sigue en marcha. Cerrar otros programas tuyos hace sitio.</translation>
    </message>
    <message>
        <source>This computer lets the program open no more files and connections now. The machine itself goes on. Closing other consoles makes room.</source>
        <translation>Este equipo no deja al programa abrir más archivos ni conexiones ahora. La máquina sigue en marcha. Cerrar otras consolas hace sitio.</translation>
    </message>
    <message>
        <source>The screen of {name} does not answer</source>
        <translation>La pantalla de {name} no responde</translation>
    </message>
    <message>
        <source>The connection is there, but the display says nothing.</source>
        <translation>La conexión está abierta, pero la pantalla no responde.</translation>
    </message>
    <message>
        <source>The address of the screen of {name} is not known</source>
        <translation>No se conoce la dirección de la pantalla de {name}</translation>
    </message>
    <message>
        <source>This computer finds no address for the name in {where}. Add it to /etc/hosts or to your name service, or connect to the host by its address.</source>
        <translation>Este equipo no encuentra ninguna dirección para el nombre de {where}. Añádelo a /etc/hosts o a tu servicio de nombres, o conéctate al host por su dirección.</translation>
    </message>
    <message>
        <source>The display of {name} refuses the connection</source>
        <translation>La pantalla de {name} rechaza la conexión</translation>
    </message>
    <message>
        <source>It ended the connection before the login was over.</source>
        <translation>Terminó la conexión antes de que acabara el inicio de sesión.</translation>
    </message>
    <message>
        <source>The display of {name} lets nobody else in</source>
        <translation>La pantalla de {name} no deja entrar a nadie más</translation>
    </message>
    <message>
        <source>It accepted the login and then closed the connection. Perhaps another viewer holds the screen for itself alone: close that one, or wait.</source>
        <translation>Aceptó el inicio de sesión y después cerró la conexión. Quizá otro visor tiene la pantalla solo para sí: ciérralo o espera.</translation>
    </message>
    <message>
        <source>The connection to the screen of {name} broke</source>
        <translation>Se cortó la conexión con la pantalla de {name}</translation>
    </message>
    <message>
        <source>The machine itself goes on.</source>
        <translation>La máquina sigue en marcha.</translation>
    </message>
    <message>
        <source>Its certificate could not be verified, so nothing was sent. If an authority of your own has signed it, choose that authority’s certificate.</source>
        <translation>No se pudo verificar su certificado, así que no se envió nada. Si lo ha firmado una autoridad propia, elige el certificado de esa autoridad.</translation>
    </message>
    <message>
        <source>Choose an authority…</source>
        <translation>Elegir una autoridad…</translation>
    </message>
    <message>
        <source>{name} has no picture yet</source>
        <translation>{name} aún no tiene imagen</translation>
    </message>
    <message>
        <source>Its display is there, but no screen is switched on. It appears here by itself.</source>
        <translation>La conexión está lista, pero no hay ninguna pantalla encendida. Aparece aquí por sí sola.</translation>
    </message>
    <message>
        <source>Trying again…</source>
        <translation>Probando otra vez…</translation>
    </message>
    <message>
        <source>Next try in {seconds} s.</source>
        <translation>Próximo intento en {seconds} s.</translation>
    </message>
    <message>
        <source>No safe connection to the screen of {name}</source>
        <translation>No hay conexión segura con la pantalla de {name}</translation>
    </message>
    <message>
        <source>Its VNC server listens for connections from its own host. Connect to the host through OpenSSH (qemu+ssh://), and its screens come the same way; or let the display listen on an address of the host.</source>
        <translation>Su servidor VNC escucha conexiones de su propio host. Conéctate al host por OpenSSH (qemu+ssh://) y sus pantallas llegan por el mismo camino; o haz que la pantalla escuche en una dirección del host.</translation>
    </message>
    <message>
        <source>Nothing answers at {where}. A firewall may block the connection, or the address may work only inside the host’s own network. What helps in both cases: connect to the host through SSH (qemu+ssh://); its screens then come through that connection.</source>
        <translation>Nada responde en {where}. Puede que un cortafuegos bloquee la conexión, o que la dirección solo sirva dentro de la red del host. En ambos casos ayuda conectarse al host por SSH (qemu+ssh://): sus pantallas llegan entonces por esa conexión.</translation>
    </message>
    <message>
        <source>No encryption could be agreed on with its display, so nothing was sent.</source>
        <translation>No se pudo acordar un cifrado con su pantalla, así que no se envió nada.</translation>
    </message>
    <message>
        <source>The display of {name} speaks an unknown dialect</source>
        <translation>La pantalla de {name} habla un dialecto desconocido</translation>
    </message>
    <message>
        <source>None of the ways it offers to log in is known here.</source>
        <translation>Aquí no se conoce ninguna de las formas de acceso que ofrece.</translation>
    </message>
    <message>
        <source>The display of {name} sent nonsense</source>
        <translation>La pantalla de {name} envió datos sin sentido</translation>
    </message>
    <message>
        <source>The connection was ended to be safe. The machine itself goes on.</source>
        <translation>La conexión se cortó por seguridad. La máquina sigue en marcha.</translation>
    </message>
    <message>
        <source>The console made a mistake</source>
        <translation>La consola cometió un error</translation>
    </message>
    <message>
        <source>The machine itself goes on. The log has the details.</source>
        <translation>La máquina sigue en marcha. El registro tiene los detalles.</translation>
    </message>
    <message>
        <source>The screen of {name} was closed</source>
        <translation>La pantalla de {name} se cerró</translation>
    </message>
    <message>
        <source>The machine was switched off, or somebody else took the display.</source>
        <translation>La máquina se apagó u otra persona tomó la pantalla.</translation>
    </message>
</context>
<context>
    <name>ConsoleTab</name>
    <message>
        <source>No console</source>
        <translation>Sin consola</translation>
    </message>
    <message>
        <source>This program was built without its console.</source>
        <translation>Este programa se construyó sin su consola.</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n más</numerusform>
            <numerusform>%n más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>y %n más</numerusform>
            <numerusform>y %n más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) succeeded.</source>
        <translation>
            <numerusform>%n otra lo logró.</numerusform>
            <numerusform>%n otras lo lograron.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n virtual CPU(s)</source>
        <translation>
            <numerusform>%n CPU virtual</numerusform>
            <numerusform>%n CPU virtuales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n máquina virtual</numerusform>
            <numerusform>%n máquinas virtuales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{machines} on %n hosts</source>
        <translation>
            <numerusform>{machines} en %n host</numerusform>
            <numerusform>{machines} en %n hosts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n en marcha</numerusform>
            <numerusform>%n en marcha</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Creation</name>
    <message>
        <source>New virtual machine…</source>
        <translation>Nueva máquina virtual…</translation>
    </message>
    <message>
        <source>New VM</source>
        <translation>Nueva MV</translation>
    </message>
</context>
<context>
    <name>CreationFields</name>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>&amp;Installer CD</source>
        <translation>CD de &amp;instalación</translation>
    </message>
    <message>
        <source>Install from an .iso file or a CD image.</source>
        <translation>Instalar desde un archivo .iso o una imagen de CD.</translation>
    </message>
    <message>
        <source>Existing &amp;disk image</source>
        <translation>Imagen de &amp;disco existente</translation>
    </message>
    <message>
        <source>Use a disk that has a system on it already.</source>
        <translation>Usar un disco que ya tiene un sistema.</translation>
    </message>
    <message>
        <source>Net&amp;work boot</source>
        <translation>Arranque por &amp;red</translation>
    </message>
    <message>
        <source>Install from a boot server (PXE) on the machine&apos;s network.</source>
        <translation>Instalar desde un servidor de arranque (PXE) en la red de la máquina.</translation>
    </message>
    <message>
        <source>&amp;Kernel and RAM disk</source>
        <translation>&amp;Kernel y disco RAM</translation>
    </message>
    <message>
        <source>Boot a Linux kernel directly, without a boot loader.</source>
        <translation>Arrancar un kernel de Linux directamente, sin cargador de arranque.</translation>
    </message>
    <message>
        <source>Nothing &amp;yet</source>
        <translation>Nada &amp;todavía</translation>
    </message>
    <message>
        <source>Make an empty machine and add a medium later.</source>
        <translation>Crear una máquina vacía y añadir un medio después.</translation>
    </message>
    <message>
        <source>&amp;Path of the CD image</source>
        <translation>&amp;Ruta de la imagen de CD</translation>
    </message>
    <message>
        <source>e.g. /home/me/Downloads/debian-12.iso</source>
        <translation>p. ej. /home/yo/Descargas/debian-12.iso</translation>
    </message>
    <message>
        <source>Choose the installer CD</source>
        <translation>Elige el CD de instalación</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>CD images (*.iso *.ISO)</source>
        <translation>Imágenes de CD (*.iso *.ISO)</translation>
    </message>
    <message>
        <source>&amp;Path of the disk image</source>
        <translation>&amp;Ruta de la imagen de disco</translation>
    </message>
    <message>
        <source>e.g. /home/me/server.qcow2</source>
        <translation>p. ej. /home/yo/servidor.qcow2</translation>
    </message>
    <message>
        <source>Choose the disk image</source>
        <translation>Elige la imagen de disco</translation>
    </message>
    <message>
        <source>Disk images (*.qcow2 *.img *.raw *.vmdk *.vdi *.vhd)</source>
        <translation>Imágenes de disco (*.qcow2 *.img *.raw *.vmdk *.vdi *.vhd)</translation>
    </message>
    <message>
        <source>&amp;Path of the kernel</source>
        <translation>&amp;Ruta del kernel</translation>
    </message>
    <message>
        <source>e.g. /boot/vmlinuz</source>
        <translation>p. ej. /boot/vmlinuz</translation>
    </message>
    <message>
        <source>Choose the kernel</source>
        <translation>Elige el kernel</translation>
    </message>
    <message>
        <source>Browse for the kernel…</source>
        <translation>Examinar el kernel…</translation>
    </message>
    <message>
        <source>Path of the initia&amp;l RAM disk (optional)</source>
        <translation>Ruta de&amp;l disco RAM inicial (opcional)</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>opcional</translation>
    </message>
    <message>
        <source>Choose the initial RAM disk</source>
        <translation>Elige el disco RAM inicial</translation>
    </message>
    <message>
        <source>Browse for the initial RAM disk…</source>
        <translation>Examinar el disco RAM inicial…</translation>
    </message>
    <message>
        <source>Kernel &amp;arguments</source>
        <translation>&amp;Argumentos del kernel</translation>
    </message>
    <message>
        <source>&amp;File is</source>
        <translation>El &amp;archivo está</translation>
    </message>
    <message>
        <source>Copy it &amp;to pool</source>
        <translation>Copiarlo al &amp;grupo</translation>
    </message>
    <message>
        <source>CP&amp;Us</source>
        <translation>CP&amp;U</translation>
    </message>
    <message>
        <source>&amp;Memory</source>
        <translation>&amp;Memoria</translation>
    </message>
    <message>
        <source>Headroom: up to these values the machine can be given more while it runs, without a restart.</source>
        <translation>Margen: hasta estos valores se le puede dar más a la máquina en marcha, sin reiniciarla.</translation>
    </message>
    <message>
        <source>Most CPUs, while running</source>
        <translation>Máximo de CPU, en marcha</translation>
    </message>
    <message>
        <source>Most memory, while running</source>
        <translation>Máximo de memoria, en marcha</translation>
    </message>
    <message>
        <source>Mor&amp;e</source>
        <translation>&amp;Más</translation>
    </message>
    <message>
        <source>L&amp;ess</source>
        <translation>M&amp;enos</translation>
    </message>
    <message>
        <source>New &amp;disk</source>
        <translation>&amp;Disco nuevo</translation>
    </message>
    <message>
        <source>&amp;Existing disk or volume</source>
        <translation>Disco o volumen &amp;existente</translation>
    </message>
    <message>
        <source>No d&amp;isk</source>
        <translation>S&amp;in disco</translation>
    </message>
    <message>
        <source>Storage &amp;pool</source>
        <translation>&amp;Grupo de almacenamiento</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Formato</translation>
    </message>
    <message>
        <source>Disk &amp;size</source>
        <translation>&amp;Tamaño del disco</translation>
    </message>
    <message>
        <source>&amp;Path of the disk</source>
        <translation>&amp;Ruta del disco</translation>
    </message>
    <message>
        <source>Net&amp;work</source>
        <translation>&amp;Red</translation>
    </message>
    <message>
        <source>N&amp;ame</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Firmware</source>
        <translation>&amp;Firmware</translation>
    </message>
    <message>
        <source>Add a &amp;TPM 2.0 (security chip)</source>
        <translation>Añadir un &amp;TPM 2.0 (chip de seguridad)</translation>
    </message>
    <message>
        <source>&amp;Start the machine now</source>
        <translation>&amp;Iniciar la máquina ahora</translation>
    </message>
    <message>
        <source>Start it &amp;whenever the host starts</source>
        <translation>Iniciarla siempre que arranque el &amp;host</translation>
    </message>
    <message>
        <source>Built in for later: free slots for more devices, a channel for the guest agent, a screen (VNC) and a serial console.</source>
        <translation>Incluido para más adelante: ranuras libres para más dispositivos, un canal para el agente de invitado, una pantalla (VNC) y una consola serie.</translation>
    </message>
    <message>
        <source>What stands here is made as it is. The disk of the form is created too if the XML names it.</source>
        <translation>Lo que hay aquí se crea tal cual. El disco del formulario también se crea si el XML lo nombra.</translation>
    </message>
    <message>
        <source>XML of the new machine</source>
        <translation>XML de la máquina nueva</translation>
    </message>
    <message>
        <source>on {host}</source>
        <translation>en {host}</translation>
    </message>
    <message>
        <source>given to running machines</source>
        <translation>asignados a máquinas en marcha</translation>
    </message>
    <message>
        <source>in use now</source>
        <translation>en uso ahora</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>en este equipo</translation>
    </message>
    <message>
        <source>This host has no storage pool that a disk can be made in.</source>
        <translation>Este host no tiene ningún grupo de almacenamiento en el que se pueda crear un disco.</translation>
    </message>
    <message>
        <source>{pool} (not running)</source>
        <translation>{pool} (detenido)</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} libres</translation>
    </message>
    <message>
        <source>Folder: {folder}</source>
        <translation>Carpeta: {folder}</translation>
    </message>
    <message>
        <source>This storage pool holds raw disks only.</source>
        <translation>Este grupo de almacenamiento solo admite discos «raw».</translation>
    </message>
    <message>
        <source>qcow2 (grows, snapshots)</source>
        <translation>qcow2 (crece, instantáneas)</translation>
    </message>
    <message>
        <source>raw (fastest)</source>
        <translation>raw (el más rápido)</translation>
    </message>
    <message>
        <source>free in {pool}</source>
        <translation>libres en {pool}</translation>
    </message>
    <message>
        <source>Shared with this user (no rights needed)</source>
        <translation>Compartida con este usuario (sin permisos especiales)</translation>
    </message>
    <message>
        <source>The machine reaches the internet as your own programs do. Nobody can connect to it from outside.</source>
        <translation>La máquina llega a internet como tus propios programas. Nadie puede conectarse a ella desde fuera.</translation>
    </message>
    <message>
        <source>The machine gets no network card.</source>
        <translation>La máquina no recibe tarjeta de red.</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Sin red</translation>
    </message>
    <message>
        <source>The machine is on the same network as the host and gets its address there.</source>
        <translation>La máquina está en la misma red que el host y recibe allí su dirección.</translation>
    </message>
    <message>
        <source>NAT</source>
        <translation>NAT</translation>
    </message>
    <message>
        <source>routed</source>
        <translation>enrutada</translation>
    </message>
    <message>
        <source>bridged</source>
        <translation>con puente</translation>
    </message>
    <message>
        <source>open</source>
        <translation>abierta</translation>
    </message>
    <message>
        <source>isolated</source>
        <translation>aislada</translation>
    </message>
    <message>
        <source>The machine reaches the internet through the host. The host and the machines of this network can connect to it, others cannot.</source>
        <translation>La máquina llega a internet a través del host. El host y las máquinas de esta red pueden conectarse a ella; los demás no.</translation>
    </message>
    <message>
        <source>The machine reaches the host and the machines of this network only.</source>
        <translation>La máquina solo llega al host y a las máquinas de esta red.</translation>
    </message>
    <message>
        <source>Virtual network {name}: {kind}</source>
        <translation>Red virtual {name}: {kind}</translation>
    </message>
    <message>
        <source>{network} (not running)</source>
        <translation>{network} (detenida)</translation>
    </message>
    <message>
        <source>The host routes between this network and others.</source>
        <translation>El host enruta entre esta red y otras.</translation>
    </message>
    <message>
        <source>Bridge {name}: on the host&apos;s own network</source>
        <translation>Puente {name}: en la propia red del host</translation>
    </message>
    <message>
        <source>{firmware} (not on this host)</source>
        <translation>{firmware} (no está en este host)</translation>
    </message>
    <message>
        <source>This host has no TPM for machines of this kind.</source>
        <translation>Este host no tiene TPM para máquinas de este tipo.</translation>
    </message>
</context>
<context>
    <name>CreationProblem</name>
    <message>
        <source>The machine&apos;s name in the XML is missing or cannot be used.</source>
        <translation>El nombre de la máquina en el XML falta o no se puede usar.</translation>
    </message>
    <message>
        <source>It is running now: shut it down first, or choose another disk.</source>
        <translation>Ahora está en marcha: apágala primero o elige otro disco.</translation>
    </message>
    <message>
        <source>Choose the installer CD.</source>
        <translation>Elige el CD de instalación.</translation>
    </message>
    <message>
        <source>Choose the kernel.</source>
        <translation>Elige el kernel.</translation>
    </message>
    <message>
        <source>Choose the initial RAM disk.</source>
        <translation>Elige el disco RAM inicial.</translation>
    </message>
    <message>
        <source>Choose the disk.</source>
        <translation>Elige el disco.</translation>
    </message>
    <message>
        <source>This does not look like a CD image. Choose an .iso file.</source>
        <translation>Esto no parece una imagen de CD. Elige un archivo .iso.</translation>
    </message>
    <message>
        <source>This does not look like a disk image. Choose a qcow2, raw, VMDK, VDI or VHD file.</source>
        <translation>Esto no parece una imagen de disco. Elige un archivo qcow2, raw, VMDK, VDI o VHD.</translation>
    </message>
    <message>
        <source>Give the machine a name.</source>
        <translation>Ponle un nombre a la máquina.</translation>
    </message>
    <message>
        <source>A machine named “{name}” is on this host already. Choose another name.</source>
        <translation>Ya hay una máquina llamada «{name}» en este host. Elige otro nombre.</translation>
    </message>
    <message>
        <source>A name cannot contain “{name}”. Use letters, digits, - and _.</source>
        <translation>Un nombre no puede contener «{name}». Usa letras, cifras, - y _.</translation>
    </message>
    <message>
        <source>This name is too long ({actual} bytes; at most {limit}). Shorten it.</source>
        <translation>Este nombre es demasiado largo ({actual} bytes; como máximo {limit}). Acórtalo.</translation>
    </message>
    <message>
        <source>This host is connected read-only. Connect with full rights to create machines on it.</source>
        <translation>Este host está conectado en solo lectura. Conéctate con todos los permisos para crear máquinas en él.</translation>
    </message>
    <message>
        <source>This host is not connected. Your answers are kept until it is back.</source>
        <translation>Este host no está conectado. Tus respuestas se guardan hasta que vuelva.</translation>
    </message>
    <message>
        <source>This host has no hardware acceleration. The machine will be emulated and runs many times slower.</source>
        <translation>Este host no tiene aceleración por hardware. La máquina se emulará y será muchas veces más lenta.</translation>
    </message>
    <message>
        <source>This host offers hardware acceleration, but machines hang on it. This one will be emulated: slower, but it works.</source>
        <translation>Este host ofrece aceleración por hardware, pero las máquinas se cuelgan con ella. Esta se emulará: más lenta, pero funciona.</translation>
    </message>
    <message>
        <source>This host cannot run full virtual machines ({name}). Install QEMU on it.</source>
        <translation>Este host no puede ejecutar máquinas virtuales completas ({name}). Instala QEMU en él.</translation>
    </message>
    <message>
        <source>Machines are made on hosts that run QEMU; this one runs {name}. Choose another host.</source>
        <translation>Las máquinas se crean en hosts con QEMU; este usa {name}. Elige otro host.</translation>
    </message>
    <message>
        <source>The file has to be copied to the host. Choose the storage pool it goes to.</source>
        <translation>El archivo se tiene que copiar al host. Elige el grupo de almacenamiento de destino.</translation>
    </message>
    <message>
        <source>The file ({actual}) does not fit into storage pool “{name}” ({limit} free). Choose another pool.</source>
        <translation>El archivo ({actual}) no cabe en el grupo de almacenamiento «{name}» ({limit} libres). Elige otro grupo.</translation>
    </message>
    <message>
        <source>{actual} is more memory than the host has ({limit}).</source>
        <translation>{actual} es más memoria de la que tiene el host ({limit}).</translation>
    </message>
    <message>
        <source>Only {limit} of the host&apos;s memory is free now. The machine may fail to start or swap.</source>
        <translation>Ahora solo hay {limit} de memoria libre en el host. Puede que la máquina no arranque o use memoria de intercambio.</translation>
    </message>
    <message>
        <source>{name} asks for at least {limit} of memory. Its installer may refuse to run.</source>
        <translation>{name} pide al menos {limit} de memoria. Su instalador puede negarse a continuar.</translation>
    </message>
    <message>
        <source>{actual} of memory is too little to start anything. Use {limit} or more.</source>
        <translation>{actual} de memoria es muy poco para arrancar nada. Usa {limit} o más.</translation>
    </message>
    <message>
        <source>The maximum ({actual}) is below the memory at start ({limit}).</source>
        <translation>El máximo ({actual}) es menor que la memoria inicial ({limit}).</translation>
    </message>
    <message>
        <source>The host has {limit} CPUs. More than that makes the machine slower, not faster.</source>
        <translation>El host tiene {limit} CPU. Con más, la máquina va más lenta, no más rápida.</translation>
    </message>
    <message>
        <source>This kind of machine can have at most {limit} CPUs.</source>
        <translation>Este tipo de máquina puede tener como máximo {limit} CPU.</translation>
    </message>
    <message>
        <source>A machine needs at least one CPU.</source>
        <translation>Una máquina necesita al menos una CPU.</translation>
    </message>
    <message>
        <source>The maximum ({actual}) is below the number of CPUs at start ({limit}).</source>
        <translation>El máximo ({actual}) es menor que el número inicial de CPU ({limit}).</translation>
    </message>
    <message>
        <source>Storage pool “{name}” has {limit} free. The disk grows as it is filled; writing fails when the pool is full.</source>
        <translation>El grupo de almacenamiento «{name}» tiene {limit} libres. El disco crece según se llena; escribir falla cuando el grupo está lleno.</translation>
    </message>
    <message>
        <source>{name} asks for a disk of at least {limit}. Its installer may refuse to run.</source>
        <translation>{name} pide un disco de al menos {limit}. Su instalador puede negarse a continuar.</translation>
    </message>
    <message>
        <source>The disk is too small to hold anything.</source>
        <translation>El disco es demasiado pequeño para guardar algo.</translation>
    </message>
    <message>
        <source>Storage pool “{name}” is not on this host any more. Choose another one.</source>
        <translation>El grupo de almacenamiento «{name}» ya no está en este host. Elige otro.</translation>
    </message>
    <message>
        <source>Storage pool “{name}” is not running. It is started when the machine is made.</source>
        <translation>El grupo de almacenamiento «{name}» no está en marcha. Se inicia al crear la máquina.</translation>
    </message>
    <message>
        <source>{name} has no storage pool that a disk can be made in, so the machine gets none. Set one up on the host, or use an existing disk.</source>
        <translation>{name} no tiene ningún grupo de almacenamiento donde crear un disco, así que la máquina queda sin disco. Prepara uno en el host o usa un disco que ya exista.</translation>
    </message>
    <message>
        <source>Storage pool “{name}” has not answered for {duration}. Look at the disk or file server behind it; it can be used again as soon as it answers.</source>
        <translation>El grupo de almacenamiento «{name}» no responde desde hace {duration}. Revisa el disco o servidor de archivos que hay detrás; podrás volver a usarlo en cuanto responda.</translation>
    </message>
    <message>
        <source>The host&apos;s storage pools have not answered for {duration}: a disk or file server behind one of them may be the reason. They can be used as soon as they answer.</source>
        <translation>Los grupos de almacenamiento del host no responden desde hace {duration}: puede deberse a un disco o servidor de archivos que hay detrás de alguno. Podrás usarlos en cuanto respondan.</translation>
    </message>
    <message>
        <source>Storage pool “{name}” cannot be read. Choose another one.</source>
        <translation>No se puede leer el grupo de almacenamiento «{name}». Elige otro.</translation>
    </message>
    <message>
        <source>No disks can be made in storage pool “{name}”. Choose another one.</source>
        <translation>En el grupo de almacenamiento «{name}» no se pueden crear discos. Elige otro.</translation>
    </message>
    <message>
        <source>A volume named “{name}” is there already. Give the machine another name.</source>
        <translation>Ya hay un volumen llamado «{name}». Ponle otro nombre a la máquina.</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a volume.</source>
        <translation>«{name}» no puede ser el nombre de un volumen.</translation>
    </message>
    <message>
        <source>Storage pool “{name}” cannot hold disks of this format. Choose raw.</source>
        <translation>El grupo de almacenamiento «{name}» no admite discos de este formato. Elige raw.</translation>
    </message>
    <message>
        <source>The machine has no disk: nothing it writes will last.</source>
        <translation>La máquina no tiene disco: nada de lo que escriba se conservará.</translation>
    </message>
    <message>
        <source>Virtual network “{name}” is not on this host. Choose another one.</source>
        <translation>La red virtual «{name}» no está en este host. Elige otra.</translation>
    </message>
    <message>
        <source>Virtual network “{name}” is not running. It is started when the machine is made.</source>
        <translation>La red virtual «{name}» no está en marcha. Se inicia al crear la máquina.</translation>
    </message>
    <message>
        <source>To boot from the network the machine needs a virtual network or a bridge with a boot server on it.</source>
        <translation>Para arrancar desde la red, la máquina necesita una red virtual o un puente con un servidor de arranque.</translation>
    </message>
    <message>
        <source>Bridge “{name}” is not on this host. Choose another one.</source>
        <translation>El puente «{name}» no está en este host. Elige otro.</translation>
    </message>
    <message>
        <source>Your own hypervisor may not use bridges and virtual networks. Choose “Shared with this user”.</source>
        <translation>Tu propio hipervisor no puede usar puentes ni redes virtuales. Elige «Compartida con este usuario».</translation>
    </message>
    <message>
        <source>The screen is served at {name} so that it can be shown here. Others on that network can reach it too, but need its password, which is made by chance and known to the host; the console uses it by itself.</source>
        <translation>La pantalla se ofrece en {name} para poder mostrarla aquí. Otros en esa red también pueden llegar a ella, pero necesitan su contraseña, que se genera al azar y que el host conoce; la consola la usa por sí sola.</translation>
    </message>
    <message>
        <source>This host has no UEFI firmware. Install OVMF on it, or choose BIOS.</source>
        <translation>Este host no tiene firmware UEFI. Instala OVMF en él o elige BIOS.</translation>
    </message>
    <message>
        <source>This host has no UEFI firmware for {name}, and such a machine has no BIOS: it starts neither from a CD nor from its disk. Install the firmware on the host (qemu-efi-aarch64, edk2-aarch64 and the like).</source>
        <translation>Este host no tiene firmware UEFI para {name}, y una máquina así no tiene BIOS: no arranca ni desde un CD ni desde su disco. Instala el firmware en el host (qemu-efi-aarch64, edk2-aarch64 o similar).</translation>
    </message>
    <message>
        <source>A machine of the kind {name} has no BIOS: without UEFI it starts neither from a CD nor from its disk.</source>
        <translation>Una máquina de tipo {name} no tiene BIOS: sin UEFI no arranca ni desde un CD ni desde su disco.</translation>
    </message>
    <message>
        <source>This host has no firmware with secure boot. Choose UEFI without it.</source>
        <translation>Este host no tiene firmware con arranque seguro. Elige UEFI sin él.</translation>
    </message>
    <message>
        <source>{name} needs UEFI.</source>
        <translation>{name} necesita UEFI.</translation>
    </message>
    <message>
        <source>This host cannot emulate a TPM. Install swtpm on it, or switch the TPM off.</source>
        <translation>Este host no puede emular un TPM. Instala swtpm en él o desactiva el TPM.</translation>
    </message>
    <message>
        <source>{name} needs a TPM.</source>
        <translation>{name} necesita un TPM.</translation>
    </message>
    <message>
        <source>{name} gets no security updates any more.</source>
        <translation>{name} ya no recibe actualizaciones de seguridad.</translation>
    </message>
    <message>
        <source>The XML has a mistake: {name}</source>
        <translation>El XML tiene un error: {name}</translation>
    </message>
    <message>
        <source>A machine named “{name}” is on this host already. Change &lt;name&gt; in the XML.</source>
        <translation>Ya hay una máquina llamada «{name}» en este host. Cambia &lt;name&gt; en el XML.</translation>
    </message>
    <message>
        <source>A machine with this UUID is on this host already. Remove &lt;uuid&gt; from the XML.</source>
        <translation>Ya hay una máquina con este UUID en este host. Quita &lt;uuid&gt; del XML.</translation>
    </message>
    <message>
        <source>Virtual machine “{name}” on {host} uses this disk already. Two machines that write to one disk destroy what is on it: never let both run at once.</source>
        <translation>La máquina virtual «{name}» en {host} ya usa este disco. Dos máquinas que escriben en un mismo disco destruyen lo que contiene: nunca dejes que estén en marcha a la vez.</translation>
    </message>
    <message>
        <source>The disk of virtual machine “{name}” on {host} is based on this one: what is written here destroys that disk.</source>
        <translation>El disco de la máquina virtual «{name}» en {host} se basa en este: lo que se escriba aquí destruye ese disco.</translation>
    </message>
    <message>
        <source>This image is based on the disk of virtual machine “{name}” on {host}: what that machine writes destroys what is here.</source>
        <translation>Esta imagen se basa en el disco de la máquina virtual «{name}» en {host}: lo que escriba esa máquina destruye lo que hay aquí.</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>No existe el archivo {path}.</translation>
    </message>
    <message>
        <source>This file cannot be examined from here. The host will say whether it can use it.</source>
        <translation>Este archivo no se puede examinar desde aquí. El host dirá si puede usarlo.</translation>
    </message>
    <message>
        <source>{path} is not a file.</source>
        <translation>{path} no es un archivo.</translation>
    </message>
    <message>
        <source>The file is empty. Was it downloaded completely?</source>
        <translation>El archivo está vacío. ¿Se descargó por completo?</translation>
    </message>
    <message>
        <source>You may not read this file ({detail}). Change its permissions or copy it.</source>
        <translation>No tienes permiso para leer este archivo ({detail}). Cambia sus permisos o cópialo.</translation>
    </message>
    <message>
        <source>The hypervisor (user {detail}) may not enter the folder {path}, so it cannot read the file.</source>
        <translation>El hipervisor (usuario {detail}) no puede entrar en la carpeta {path}, así que no puede leer el archivo.</translation>
    </message>
    <message>
        <source>The hypervisor (user {detail}) may not read {path}.</source>
        <translation>El hipervisor (usuario {detail}) no puede leer {path}.</translation>
    </message>
    <message>
        <source>The file is compressed ({detail}). Unpack it first and choose what is in it.</source>
        <translation>El archivo está comprimido ({detail}). Descomprímelo primero y elige lo que contiene.</translation>
    </message>
    <message>
        <source>The file is broken ({detail}). Download or copy it again.</source>
        <translation>El archivo está dañado ({detail}). Descárgalo o cópialo de nuevo.</translation>
    </message>
    <message>
        <source>This CD does not look bootable. The machine may not start from it.</source>
        <translation>Este CD no parece arrancable. Puede que la máquina no inicie desde él.</translation>
    </message>
    <message>
        <source>The name says otherwise, but this is a {detail} image. It is used as {detail}.</source>
        <translation>El nombre dice otra cosa, pero esta es una imagen {detail}. Se usa como {detail}.</translation>
    </message>
    <message>
        <source>This image is based on another file, {path}, which the machine could read. Use it only if you trust it.</source>
        <translation>Esta imagen se basa en otro archivo, {path}, que la máquina podría leer. Úsala solo si confías en ella.</translation>
    </message>
    <message>
        <source>The file is cut off: {detail} % of the CD is there. Download or copy it again.</source>
        <translation>El archivo está incompleto: solo está el {detail} % del CD. Vuelve a descargarlo o copiarlo.</translation>
    </message>
    <message>
        <source>Machines cannot use a {detail} image. Convert it: qemu-img convert -O qcow2 OLD NEW.qcow2</source>
        <translation>Las máquinas no pueden usar una imagen {detail}. Conviértela: qemu-img convert -O qcow2 VIEJA NUEVA.qcow2</translation>
    </message>
    <message>
        <source>{path} is encrypted, and vmgui cannot hand its passphrase to a machine. Decrypt it into a new image with qemu-img convert, or choose another one.</source>
        <translation>{path} está cifrado y vmgui no puede dar su contraseña a una máquina. Descífralo en una imagen nueva con qemu-img convert o elige otra.</translation>
    </message>
    <message>
        <source>A machine cannot write to this image ({detail}). Convert it: qemu-img convert -O qcow2 OLD NEW.qcow2</source>
        <translation>Una máquina no puede escribir en esta imagen ({detail}). Conviértela: qemu-img convert -O qcow2 VIEJA NUEVA.qcow2</translation>
    </message>
    <message>
        <source>This is an archive of several files ({detail}). Unpack it with tar -xf and choose the disk that was in it.</source>
        <translation>Esto es un archivador con varios archivos ({detail}). Extráelo con tar -xf y elige el disco que contenía.</translation>
    </message>
    <message>
        <source>The image is based on itself, by way of {path}. Nothing can read it: choose another one, or restore it from a backup.</source>
        <translation>La imagen se basa en sí misma, a través de {path}. Nada puede leerla: elige otra o restáurala de una copia de seguridad.</translation>
    </message>
    <message>
        <source>Give the whole path, from the / at its beginning: “{path}” does not say from where.</source>
        <translation>Da la ruta completa, desde la / del principio: «{path}» no dice desde dónde.</translation>
    </message>
    <message>
        <source>The name {path} has characters that are no UTF-8 or that no definition of a machine can carry. Rename the file first.</source>
        <translation>El nombre {path} tiene caracteres que no son UTF-8 o que la definición de una máquina no admite. Cambia antes el nombre del archivo.</translation>
    </message>
    <message>
        <source>This does not look like a Linux kernel (often named vmlinuz).</source>
        <translation>Esto no parece un kernel de Linux (suele llamarse vmlinuz).</translation>
    </message>
</context>
<context>
    <name>CreationSteps</name>
    <message>
        <source>Where does the system come from?</source>
        <translation>¿De dónde viene el sistema?</translation>
    </message>
    <message>
        <source>Which operating system is it?</source>
        <translation>¿Qué sistema operativo es?</translation>
    </message>
    <message>
        <source>How much of the host does it get?</source>
        <translation>¿Cuánto del host recibe?</translation>
    </message>
    <message>
        <source>Where does it keep its data?</source>
        <translation>¿Dónde guarda sus datos?</translation>
    </message>
    <message>
        <source>Which network is it on?</source>
        <translation>¿En qué red está?</translation>
    </message>
    <message>
        <source>What is it called, and how does it start?</source>
        <translation>¿Cómo se llama y cómo arranca?</translation>
    </message>
    <message>
        <source>This will be made</source>
        <translation>Esto se va a crear</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>New virtual machine</source>
        <translation>Nueva máquina virtual</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>&amp;Crear</translation>
    </message>
    <message>
        <source>&amp;Create with these settings</source>
        <translation>&amp;Crear con estos ajustes</translation>
    </message>
    <message>
        <source>Make the machine with everything as it stands now</source>
        <translation>Crear la máquina con todo tal como está ahora</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>Sistema operativo</translation>
    </message>
    <message>
        <source>CPU and memory</source>
        <translation>CPU y memoria</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Name and firmware</source>
        <translation>Nombre y firmware</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumen</translation>
    </message>
    <message>
        <source>Edited XML</source>
        <translation>XML editado</translation>
    </message>
    <message>
        <source>Detecting…</source>
        <translation>Detectando…</translation>
    </message>
    <message>
        <source>Generic</source>
        <translation>Genérico</translation>
    </message>
</context>
<context>
    <name>CreationView</name>
    <message>
        <source>Looking at the file…</source>
        <translation>Mirando el archivo…</translation>
    </message>
    <message>
        <source>You edited the XML: it is used as it is, and what stands here no longer counts.</source>
        <translation>Editaste el XML: se usa tal cual, y lo que hay aquí ya no cuenta.</translation>
    </message>
    <message>
        <source>Back to the form&apos;s values</source>
        <translation>Volver a los valores del formulario</translation>
    </message>
    <message>
        <source>Connecting to {host}…</source>
        <translation>Conectando con {host}…</translation>
    </message>
    <message>
        <source>No host is connected. Connect to one first.</source>
        <translation>Ningún host está conectado. Conéctate primero a uno.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Asking {host} what it has…</source>
        <translation>Preguntando a {host} qué tiene…</translation>
    </message>
</context>
<context>
    <name>CreationWords</name>
    <message>
        <source>Installer CD</source>
        <translation>CD de instalación</translation>
    </message>
    <message>
        <source>Existing disk image</source>
        <translation>Imagen de disco existente</translation>
    </message>
    <message>
        <source>Network boot</source>
        <translation>Arranque por red</translation>
    </message>
    <message>
        <source>Kernel and RAM disk</source>
        <translation>Kernel y disco RAM</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Nada todavía</translation>
    </message>
    <message>
        <source>{kind}: {path}, copied to storage pool “{pool}” first</source>
        <translation>{kind}: {path}, copiado antes al grupo de almacenamiento «{pool}»</translation>
    </message>
    <message>
        <source>{kind}: {path}</source>
        <translation>{kind}: {path}</translation>
    </message>
    <message>
        <source>Not recognised; generic settings</source>
        <translation>No reconocido; ajustes genéricos</translation>
    </message>
    <message>
        <source>machine</source>
        <comment>suggested as a name; no spaces</comment>
        <translation>máquina</translation>
    </message>
    <message>
        <source>The CD can be any of these: {names}. Taken for {name}; choose the right one.</source>
        <translation>El CD puede ser cualquiera de estos: {names}. Se toma por {name}; elige el correcto.</translation>
    </message>
    <message>
        <source>Guessed from the file&apos;s name: {name}</source>
        <translation>Supuesto por el nombre del archivo: {name}</translation>
    </message>
    <message>
        <source>Detected: {name}</source>
        <translation>Detectado: {name}</translation>
    </message>
    <message>
        <source>It is newer than all known here and gets the devices of {name}.</source>
        <translation>Es más nuevo que todos los conocidos aquí y recibe los dispositivos de {name}.</translation>
    </message>
    <message>
        <source>1 CPU</source>
        <translation>1 CPU</translation>
    </message>
    <message>
        <source>{number} CPUs</source>
        <translation>{number} CPU</translation>
    </message>
    <message>
        <source>{cpus} (up to {max_cpus}), {memory} of memory (up to {max_memory})</source>
        <translation>{cpus} (hasta {max_cpus}), {memory} de memoria (hasta {max_memory})</translation>
    </message>
    <message>
        <source>{size} in {pool}</source>
        <translation>{size} en {pool}</translation>
    </message>
    <message>
        <source>No disk</source>
        <translation>Sin disco</translation>
    </message>
    <message>
        <source>New disk of {size} ({format}): {name} in {place}</source>
        <translation>Disco nuevo de {size} ({format}): {name} en {place}</translation>
    </message>
    <message>
        <source>Existing disk: {path}</source>
        <translation>Disco existente: {path}</translation>
    </message>
    <message>
        <source>Virtual network {name}</source>
        <translation>Red virtual {name}</translation>
    </message>
    <message>
        <source>Bridge {name}</source>
        <translation>Puente {name}</translation>
    </message>
    <message>
        <source>Shared with this user</source>
        <translation>Compartida con este usuario</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Sin red</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>El propio de la máquina</translation>
    </message>
    <message>
        <source>BIOS</source>
        <translation>BIOS</translation>
    </message>
    <message>
        <source>UEFI</source>
        <translation>UEFI</translation>
    </message>
    <message>
        <source>UEFI with secure boot</source>
        <translation>UEFI con arranque seguro</translation>
    </message>
    <message>
        <source>{firmware}, with a TPM 2.0</source>
        <translation>{firmware}, con un TPM 2.0</translation>
    </message>
    <message>
        <source>Starts at once</source>
        <translation>Arranca enseguida</translation>
    </message>
    <message>
        <source>Stays off until you start it</source>
        <translation>Queda apagada hasta que la inicies</translation>
    </message>
    <message>
        <source>starts with the host</source>
        <translation>arranca con el host</translation>
    </message>
    <message>
        <source>hardware acceleration</source>
        <translation>aceleración por hardware</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>emulada</translation>
    </message>
    <message>
        <source>{name} on {host} ({details})</source>
        <translation>{name} en {host} ({details})</translation>
    </message>
</context>
<context>
    <name>CredentialsDialog</name>
    <message>
        <source>Log in to {host}</source>
        <translation>Iniciar sesión en {host}</translation>
    </message>
    <message>
        <source>The host asks who you are. Your answers are not kept.</source>
        <translation>El host pregunta quién eres. Tus respuestas no se guardan.</translation>
    </message>
    <message>
        <source>That was not accepted. Try again.</source>
        <translation>No se aceptó. Reinténtalo.</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete {name}?</source>
        <translation>¿Eliminar {name}?</translation>
    </message>
    <message>
        <source>&amp;Type {name} to go on:</source>
        <translation>&amp;Escribe {name} para continuar:</translation>
    </message>
    <message>
        <source>Name of the virtual machine</source>
        <translation>Nombre de la máquina virtual</translation>
    </message>
    <message>
        <source>It is running and is forced off first.</source>
        <translation>Está en marcha y antes se apaga a la fuerza.</translation>
    </message>
    <message>
        <source>Always goes</source>
        <translation>Se va siempre</translation>
    </message>
    <message>
        <source>The definition: name, devices, settings and notes</source>
        <translation>La definición: nombre, dispositivos, ajustes y notas</translation>
    </message>
    <message>
        <source>Goes if ticked</source>
        <translation>Se va si lo marcas</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Se queda</translation>
    </message>
    <message>
        <source>What goes and what stays</source>
        <translation>Qué se va y qué se queda</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with {size} will be deleted. This cannot be undone.</source>
        <translation>
            <numerusform>Se eliminará %n archivo con {size}. No se puede deshacer.</numerusform>
            <numerusform>Se eliminarán %n archivos con {size}. No se puede deshacer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete with %n file(s)</source>
        <translation>
            <numerusform>Eliminar con %n archivo</numerusform>
            <numerusform>Eliminar con %n archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>No disk will be deleted. The definition cannot be brought back.</source>
        <translation>No se eliminará ningún disco. La definición no se puede recuperar.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
</context>
<context>
    <name>DeleteManyDialog</name>
    <message>
        <source>Delete {machines}?</source>
        <translation>¿Eliminar {machines}?</translation>
    </message>
    <message>
        <source>Number of virtual machines</source>
        <translation>Número de máquinas virtuales</translation>
    </message>
    <message numerus="yes">
        <source>{why} %n virtual machine(s) there are left out.</source>
        <translation>
            <numerusform>{why} Su %n máquina virtual queda fuera.</numerusform>
            <numerusform>{why} Sus %n máquinas virtuales quedan fuera.</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete their disks, too</source>
        <translation>Eliminar también sus discos</translation>
    </message>
    <message numerus="yes">
        <source>Also delete %n disk(s) that other virtual machines may need</source>
        <translation>
            <numerusform>Eliminar también %n disco que otras máquinas virtuales podrían necesitar</numerusform>
            <numerusform>Eliminar también %n discos que otras máquinas virtuales podrían necesitar</numerusform>
        </translation>
    </message>
    <message>
        <source>What goes and what stays</source>
        <translation>Qué se va y qué se queda</translation>
    </message>
    <message numerus="yes">
        <source>Force off and delete the %n that are running, too</source>
        <translation>
            <numerusform>Forzar el apagado de la que está en marcha y eliminarla también</numerusform>
            <numerusform>Forzar el apagado de las %n que están en marcha y eliminarlas también</numerusform>
        </translation>
    </message>
    <message>
        <source>All are running. Tick the box above to force them off and delete them.</source>
        <translation>Todas están en marcha. Marca la casilla de arriba para forzar su apagado y eliminarlas.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with {size} will be deleted. This cannot be undone.</source>
        <translation>
            <numerusform>Se eliminará %n archivo con {size}. No se puede deshacer.</numerusform>
            <numerusform>Se eliminarán %n archivos con {size}. No se puede deshacer.</numerusform>
        </translation>
    </message>
    <message>
        <source>No disk will be deleted. The definitions cannot be brought back.</source>
        <translation>No se eliminará ningún disco. Las definiciones no se pueden recuperar.</translation>
    </message>
    <message numerus="yes">
        <source>%n running virtual machine(s) will be left as they are.</source>
        <translation>
            <numerusform>%n máquina virtual en marcha se dejará como está.</numerusform>
            <numerusform>%n máquinas virtuales en marcha se dejarán como están.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Type {number} to go on:</source>
        <translation>&amp;Escribe {number} para continuar:</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n virtual machine(s)</source>
        <translation>
            <numerusform>Eliminar %n máquina virtual</numerusform>
            <numerusform>Eliminar %n máquinas virtuales</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Deletion</name>
    <message>
        <source>Looking at what belongs to {name}…</source>
        <translation>Mirando qué pertenece a {name}…</translation>
    </message>
    <message>
        <source>Firmware settings (NVRAM): {path}</source>
        <translation>Ajustes del firmware (NVRAM): {path}</translation>
    </message>
    <message>
        <source>The contents of its TPM, with keys kept in it</source>
        <translation>El contenido de su TPM, con las claves que guarda</translation>
    </message>
    <message>
        <source>The saved state</source>
        <translation>El estado guardado</translation>
    </message>
    <message>
        <source>Firmware settings</source>
        <translation>Ajustes del firmware</translation>
    </message>
    <message>
        <source>TPM contents</source>
        <translation>Contenido del TPM</translation>
    </message>
    <message>
        <source>Saved state</source>
        <translation>Estado guardado</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Disk {target}</source>
        <translation>Disco {target}</translation>
    </message>
    <message>
        <source>Also used by {names}.</source>
        <translation>También lo usan: {names}.</translation>
    </message>
    <message>
        <source>Marked as shared with other virtual machines.</source>
        <translation>Marcado como compartido con otras máquinas virtuales.</translation>
    </message>
    <message>
        <source>Other images are based on it: {names}.</source>
        <translation>Otras imágenes se basan en él: {names}.</translation>
    </message>
    <message>
        <source>Other images are based on it.</source>
        <translation>Otras imágenes se basan en él.</translation>
    </message>
    <message>
        <source>Read-only, such as an installer CD.</source>
        <translation>De solo lectura, como un CD de instalación.</translation>
    </message>
    <message>
        <source>Not in a storage pool: the host cannot delete it for you.</source>
        <translation>No está en un grupo de almacenamiento: el host no puede eliminarlo por ti.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>Ya no está.</translation>
    </message>
    <message>
        <source>Perhaps used by {names}: it stays to be safe.</source>
        <translation>Quizá lo usa {names}: se queda por seguridad.</translation>
    </message>
    <message>
        <source>No disk will be deleted. The definition cannot be brought back.</source>
        <translation>No se eliminará ningún disco. La definición no se puede recuperar.</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>¿Eliminar {name}?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>It is running and is forced off first.</source>
        <translation>Está en marcha y antes se apaga a la fuerza.</translation>
    </message>
    <message>
        <source>Goes: {what}</source>
        <translation>Se elimina: {what}</translation>
    </message>
    <message>
        <source>Stays: {what}. {why}</source>
        <translation>Se queda: {what}. {why}</translation>
    </message>
    <message>
        <source>It is left as you asked.</source>
        <translation>Se deja, como has pedido.</translation>
    </message>
    <message>
        <source>It could not be examined, so it stays to be safe.</source>
        <translation>No se pudo examinar, así que se queda por seguridad.</translation>
    </message>
    <message>
        <source>The disk {path} of {name} is not there or cannot be read now. If it is based on this file, {name} needs it.</source>
        <translation>El disco {path} de {name} ahora no está o no se puede leer. Si se basa en este archivo, {name} lo necesita.</translation>
    </message>
    <message>
        <source>Disks of {names} are not there or cannot be read now: {paths}. If one of them is based on this file, this file is needed.</source>
        <translation>Hay discos de {names} que ahora no están o no se pueden leer: {paths}. Si alguno se basa en este archivo, este archivo hace falta.</translation>
    </message>
    <message>
        <source>It is a link: only that is deleted, the file {path} that it leads to stays.</source>
        <translation>Es un enlace: solo se elimina el enlace; el archivo {path} al que lleva se conserva.</translation>
    </message>
    <message>
        <source>It has another name, too: {names}. If this one is a link, only that is deleted, and the file stays.</source>
        <translation>También tiene otro nombre: {names}. Si este es un enlace, solo se elimina el enlace y el archivo se conserva.</translation>
    </message>
    <message>
        <source>{disk}, a link to {path}</source>
        <translation>{disk}, un enlace a {path}</translation>
    </message>
    <message>
        <source>{hosts} cannot be asked now whether virtual machines there use what is on shared storage.</source>
        <translation>No se puede preguntar ahora a {hosts} si sus máquinas virtuales usan lo que está en almacenamiento compartido.</translation>
    </message>
    <message>
        <source>The storage pool {pools} has not answered for {duration}. What is in it is not known now, and what may be in it is not deleted.</source>
        <translation>El grupo de almacenamiento {pools} no responde desde hace {duration}. No se sabe ahora qué hay en él, y lo que pueda estar en él no se elimina.</translation>
    </message>
    <message>
        <source>Not everything in the storage pool {pools} can be read, perhaps an image that was copied only in part. What is shown is as of its last good look. The host says: {why}</source>
        <translation>No se puede leer todo lo que hay en el grupo de almacenamiento {pools}; quizá haya una imagen copiada solo a medias. Se muestra lo que se vio la última vez que se pudo leer. El host dice: {why}</translation>
    </message>
    <message>
        <source>The storage pool {pool} is not active: it is started for this, then stopped.</source>
        <translation>El grupo de almacenamiento {pool} no está activo: se inicia para esto y después se detiene.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Eliminar…</translation>
    </message>
</context>
<context>
    <name>Device</name>
    <message>
        <source>Audio output</source>
        <translation>Salida de audio</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Canal</translation>
    </message>
    <message>
        <source>Text console</source>
        <translation>Consola de texto</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>Controladora</translation>
    </message>
    <message>
        <source>Crypto device</source>
        <translation>Dispositivo criptográfico</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>Carpeta compartida</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Pantalla</translation>
    </message>
    <message>
        <source>Device of the host</source>
        <translation>Dispositivo del host</translation>
    </message>
    <message>
        <source>USB hub</source>
        <translation>Concentrador USB</translation>
    </message>
    <message>
        <source>Input device</source>
        <translation>Dispositivo de entrada</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>Tarjeta de red</translation>
    </message>
    <message>
        <source>IOMMU</source>
        <translation>IOMMU</translation>
    </message>
    <message>
        <source>Lease</source>
        <translation>Concesión</translation>
    </message>
    <message>
        <source>Memory balloon</source>
        <translation>Globo de memoria</translation>
    </message>
    <message>
        <source>Memory module</source>
        <translation>Módulo de memoria</translation>
    </message>
    <message>
        <source>Panic notifier</source>
        <translation>Aviso de pánico</translation>
    </message>
    <message>
        <source>Parallel port</source>
        <translation>Puerto paralelo</translation>
    </message>
    <message>
        <source>USB redirection</source>
        <translation>Redirección USB</translation>
    </message>
    <message>
        <source>USB redirection rules</source>
        <translation>Reglas de redirección USB</translation>
    </message>
    <message>
        <source>Random number generator</source>
        <translation>Generador de números aleatorios</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>Puerto serie</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>Memoria compartida</translation>
    </message>
    <message>
        <source>Smart card reader</source>
        <translation>Lector de tarjetas inteligentes</translation>
    </message>
    <message>
        <source>Sound card</source>
        <translation>Tarjeta de sonido</translation>
    </message>
    <message>
        <source>TPM</source>
        <translation>TPM</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Tarjeta gráfica</translation>
    </message>
    <message>
        <source>Socket between host and guest (vsock)</source>
        <translation>Socket entre host e invitado (vsock)</translation>
    </message>
    <message>
        <source>Watchdog</source>
        <translation>Perro guardián</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Teclado</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Ratón</translation>
    </message>
    <message>
        <source>Tablet</source>
        <translation>Tableta</translation>
    </message>
    <message>
        <source>Floppy controller</source>
        <translation>Controladora de disquetes</translation>
    </message>
    <message>
        <source>IDE controller</source>
        <translation>Controladora IDE</translation>
    </message>
    <message>
        <source>NVMe controller</source>
        <translation>Controladora NVMe</translation>
    </message>
    <message>
        <source>SATA controller</source>
        <translation>Controladora SATA</translation>
    </message>
    <message>
        <source>SCSI controller</source>
        <translation>Controladora SCSI</translation>
    </message>
    <message>
        <source>USB controller</source>
        <translation>Controladora USB</translation>
    </message>
    <message>
        <source>VirtIO serial controller</source>
        <translation>Controladora serie VirtIO</translation>
    </message>
    <message>
        <source>PCI root</source>
        <translation>Raíz PCI</translation>
    </message>
    <message>
        <source>PCIe root</source>
        <translation>Raíz PCIe</translation>
    </message>
    <message>
        <source>PCIe port</source>
        <translation>Puerto PCIe</translation>
    </message>
    <message>
        <source>Mediated device</source>
        <translation>Dispositivo mediado</translation>
    </message>
    <message>
        <source>PCI device</source>
        <translation>Dispositivo PCI</translation>
    </message>
    <message>
        <source>SCSI device</source>
        <translation>Dispositivo SCSI</translation>
    </message>
    <message>
        <source>USB device</source>
        <translation>Dispositivo USB</translation>
    </message>
    <message>
        <source>Guest agent&apos;s channel</source>
        <translation>Canal del agente de invitado</translation>
    </message>
    <message>
        <source>Floppy</source>
        <translation>Disquete</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vacía</translation>
    </message>
    <message>
        <source>unplugged</source>
        <translation>desconectada</translation>
    </message>
    <message>
        <source>at a socket</source>
        <translation>en un socket</translation>
    </message>
    <message>
        <source>port chosen at start</source>
        <translation>puerto elegido al iniciar</translation>
    </message>
    <message>
        <source>port {port}</source>
        <translation>puerto {port}</translation>
    </message>
    <message>
        <source>number {number}</source>
        <translation>número {number}</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>solo lectura</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disco</translation>
    </message>
</context>
<context>
    <name>DeviceXml</name>
    <message>
        <source>Now</source>
        <translation>Ahora</translation>
    </message>
    <message>
        <source>After the next start</source>
        <translation>Tras el próximo inicio</translation>
    </message>
    <message>
        <source>XML of the device</source>
        <translation>XML del dispositivo</translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message>
        <source>There is no computer called “{server}”.</source>
        <translation>No hay ningún equipo llamado «{server}».</translation>
    </message>
    <message>
        <source>Check how the name is written, or use its address. If it is right, look at your network or name server.</source>
        <translation>Comprueba cómo está escrito el nombre o usa su dirección. Si es correcto, revisa tu red o tu servidor de nombres.</translation>
    </message>
    <message>
        <source>There is no way to {server} from here.</source>
        <translation>Desde aquí no hay ruta hasta {server}.</translation>
    </message>
    <message>
        <source>Check your network, a VPN it may need, and that the computer is switched on.</source>
        <translation>Comprueba tu red, la VPN que pueda hacer falta y que el equipo esté encendido.</translation>
    </message>
    <message>
        <source>{server} is there, but nothing listens on that port.</source>
        <translation>{server} está ahí, pero nada escucha en ese puerto.</translation>
    </message>
    <message>
        <source>Start the service there (sshd for SSH, libvirtd for TLS and TCP), or enter the port it listens on.</source>
        <translation>Inicia allí el servicio (sshd para SSH, libvirtd para TLS y TCP) o escribe el puerto en el que escucha.</translation>
    </message>
    <message>
        <source>{server} does not answer.</source>
        <translation>{server} no responde.</translation>
    </message>
    <message>
        <source>Check that it is switched on and that no firewall keeps the port closed; then try again.</source>
        <translation>Comprueba que esté encendido y que ningún cortafuegos cierre el puerto; después, reinténtalo.</translation>
    </message>
    <message>
        <source>Something else than expected answers on {server}.</source>
        <translation>En {server} responde algo distinto de lo esperado.</translation>
    </message>
    <message>
        <source>Check the port and the kind of connection: TLS, TCP and SSH each have their own.</source>
        <translation>Comprueba el puerto y el tipo de conexión: TLS, TCP y SSH tienen cada uno el suyo.</translation>
    </message>
    <message>
        <source>{server} ends the connection before the login begins.</source>
        <translation>{server} corta la conexión antes de que empiece el inicio de sesión.</translation>
    </message>
    <message>
        <source>Either too many logins are under way there, or this computer is shut out for a while, as happens after several failed ones. Wait some minutes; vmgui tries again by itself. The administrator of {server} can look at MaxStartups and PerSourcePenalties of its sshd, at fail2ban (fail2ban-client status sshd) and at /etc/hosts.deny. If it has never worked, check the port.</source>
        <translation>O hay allí demasiados inicios de sesión a la vez, o este equipo está excluido por un tiempo, como pasa tras varios intentos fallidos. Espera unos minutos; vmgui lo intenta de nuevo por sí mismo. Quien administra {server} puede mirar MaxStartups y PerSourcePenalties de su sshd, fail2ban (fail2ban-client status sshd) y /etc/hosts.deny. Si nunca ha funcionado, comprueba el puerto.</translation>
    </message>
    <message>
        <source>Perhaps it is just starting, or its port is forwarded and nothing answers behind it; vmgui tries again by itself. If this goes on, too many logins are under way there, or this computer is shut out for a while, as happens after several failed ones: the administrator of {server} can look at MaxStartups and PerSourcePenalties of its sshd, at fail2ban (fail2ban-client status sshd) and at /etc/hosts.deny. If it has never worked, check the port.</source>
        <translation>Quizá esté arrancando, o su puerto se reenvía y nadie responde detrás; vmgui lo intenta de nuevo por sí mismo. Si sigue así, hay allí demasiados inicios de sesión a la vez, o este equipo está excluido por un tiempo, como pasa tras varios intentos fallidos: quien administra {server} puede mirar MaxStartups y PerSourcePenalties de su sshd, fail2ban (fail2ban-client status sshd) y /etc/hosts.deny. Si nunca ha funcionado, comprueba el puerto.</translation>
    </message>
    <message>
        <source>The SSH key of {server} is not known, so it was not trusted.</source>
        <translation>La clave SSH de {server} no se conoce, así que no se confió en ella.</translation>
    </message>
    <message>
        <source>Try again and compare the fingerprint with the one its administrator tells you. If no question comes, your SSH settings demand known keys only: add it to known_hosts.</source>
        <translation>Reinténtalo y compara la huella digital con la que te dé su administrador. Si no aparece ninguna pregunta, tus ajustes de SSH solo admiten claves conocidas: añádela a known_hosts.</translation>
    </message>
    <message>
        <source>{server} shows another SSH key than the last time: somebody may be pretending to be it.</source>
        <translation>{server} muestra una clave SSH distinta de la última vez: alguien puede estar haciéndose pasar por él.</translation>
    </message>
    <message>
        <source>Ask its administrator whether it was installed anew. Only then remove the old key with the command in the details, and connect again.</source>
        <translation>Pregunta a su administrador si se ha reinstalado. Solo entonces quita la clave antigua con la orden que aparece en los detalles y vuelve a conectarte.</translation>
    </message>
    <message>
        <source>The SSH key file cannot be read.</source>
        <translation>No se puede leer el archivo de clave SSH.</translation>
    </message>
    <message>
        <source>Choose another key file, or make this one readable for you alone (chmod 600).</source>
        <translation>Elige otro archivo de clave o haz que solo tú puedas leer este (chmod 600).</translation>
    </message>
    <message>
        <source>{server} did not accept the user name, password or key.</source>
        <translation>{server} no aceptó el usuario, la clave o la contraseña.</translation>
    </message>
    <message>
        <source>Check the user name. A key must stand in authorized_keys of that user there; passwords may be switched off on that computer.</source>
        <translation>Comprueba el nombre de usuario. La clave debe estar en authorized_keys de ese usuario allí; puede que ese equipo tenga desactivadas las contraseñas.</translation>
    </message>
    <message>
        <source>The ssh program of this computer does not accept its settings.</source>
        <translation>El programa ssh de este equipo no acepta su configuración.</translation>
    </message>
    <message>
        <source>The details name the file, mostly ~/.ssh/config. Mend it; it has to belong to you, and nobody else may write to it (chmod 600).</source>
        <translation>Los detalles nombran el archivo, casi siempre ~/.ssh/config. Corrígelo; tiene que ser tuyo y nadie más puede tener permiso de escritura (chmod 600).</translation>
    </message>
    <message>
        <source>The ssh of {server} and the one of this computer have no method in common.</source>
        <translation>El ssh de {server} y el de este equipo no tienen ningún método en común.</translation>
    </message>
    <message>
        <source>One of them is too old for the other; the details say what is offered. Allow it for this host in ~/.ssh/config (HostKeyAlgorithms, KexAlgorithms or Ciphers), or update the older one.</source>
        <translation>Uno de los dos es demasiado antiguo para el otro; los detalles dicen qué se ofrece. Permítelo para este host en ~/.ssh/config (HostKeyAlgorithms, KexAlgorithms o Ciphers), o actualiza el más antiguo.</translation>
    </message>
    <message>
        <source>The way to {server} leads through another computer, and got no further than that.</source>
        <translation>El camino hasta {server} pasa por otro equipo y no llegó más allá de él.</translation>
    </message>
    <message>
        <source>The details say what that computer or the ssh to it said. Check with “ssh {server}” in a terminal; the way is set by ProxyJump or ProxyCommand in ~/.ssh/config.</source>
        <translation>Los detalles dicen qué respondió ese equipo o el ssh hacia él. Compruébalo con «ssh {server}» en una terminal; el camino se define con ProxyJump o ProxyCommand en ~/.ssh/config.</translation>
    </message>
    <message>
        <source>The login worked, but this user may not run programs on {server}.</source>
        <translation>El inicio de sesión funcionó, pero este usuario no puede ejecutar programas en {server}.</translation>
    </message>
    <message>
        <source>libvirt needs to start one there. Connect as another user, or have this one given a shell.</source>
        <translation>libvirt necesita iniciar uno allí. Conéctate con otro usuario o pide que den un intérprete de órdenes a este.</translation>
    </message>
    <message>
        <source>The password on {server} has expired.</source>
        <translation>La contraseña en {server} ha caducado.</translation>
    </message>
    <message>
        <source>Log in there with “ssh” in a terminal and set a new one, then connect again.</source>
        <translation>Inicia sesión allí con «ssh» en una terminal y pon una nueva; después conéctate de nuevo.</translation>
    </message>
    <message>
        <source>The login worked, but netcat on {server} cannot reach libvirt&apos;s socket.</source>
        <translation>El inicio de sesión funcionó, pero el netcat de {server} no puede llegar al socket de libvirt.</translation>
    </message>
    <message>
        <source>Install netcat-openbsd there, or choose libvirt&apos;s own helper under “Over there use”.</source>
        <translation>Instala allí netcat-openbsd o elige el ayudante de libvirt en «Usar allí».</translation>
    </message>
    <message>
        <source>You are not allowed to use libvirt on {server}, and nothing here could ask for permission.</source>
        <translation>No tienes permiso para usar libvirt en {server}, y aquí no hay nada que pueda pedirlo.</translation>
    </message>
    <message>
        <source>This session has no polkit agent. Be added to the group libvirt ({command}) and log in anew.</source>
        <translation>Esta sesión no tiene agente de polkit. Haz que te añadan al grupo libvirt ({command}) e inicia sesión de nuevo.</translation>
    </message>
    <message>
        <source>libvirt could not ask whether you may use it on {server}: there is no system bus.</source>
        <translation>libvirt no pudo preguntar si puedes usarlo en {server}: no hay bus del sistema.</translation>
    </message>
    <message>
        <source>Start D-Bus there (systemctl start dbus), or be added to the group libvirt ({command}) and log in anew.</source>
        <translation>Inicia D-Bus allí (systemctl start dbus) o haz que te añadan al grupo libvirt ({command}) e inicia sesión de nuevo.</translation>
    </message>
    <message>
        <source>There is no ssh program on this computer.</source>
        <translation>No hay ningún programa ssh en este equipo.</translation>
    </message>
    <message>
        <source>Install the OpenSSH client, then try again.</source>
        <translation>Instala el cliente OpenSSH y reinténtalo.</translation>
    </message>
    <message>
        <source>The login worked, but libvirt is not installed on {server}.</source>
        <translation>Se inició sesión, pero libvirt no está instalado en {server}.</translation>
    </message>
    <message>
        <source>Install libvirt there (the package libvirt-daemon-system or libvirt). Where it is, install netcat as well: old versions need it.</source>
        <translation>Instala libvirt allí (el paquete libvirt-daemon-system o libvirt). Si ya está, instala también netcat: las versiones antiguas lo necesitan.</translation>
    </message>
    <message>
        <source>libvirt does not run on {server}, or is not installed there.</source>
        <translation>libvirt no está en marcha en {server} o no está instalado allí.</translation>
    </message>
    <message>
        <source>Start it there (systemctl start libvirtd, or virtqemud.socket), or install it.</source>
        <translation>Inícialo allí (systemctl start libvirtd, o virtqemud.socket) o instálalo.</translation>
    </message>
    <message>
        <source>The login worked, but you are not allowed to use libvirt on {server}.</source>
        <translation>Se inició sesión, pero este usuario no puede usar libvirt en {server}.</translation>
    </message>
    <message>
        <source>Have the user added to the group libvirt there (usermod -aG libvirt USER) and log in anew, or connect as another user.</source>
        <translation>Pide que añadan el usuario al grupo libvirt allí (usermod -aG libvirt USER) y vuelve a iniciar sesión, o conéctate con otro usuario.</translation>
    </message>
    <message>
        <source>The certificate of {server} has expired.</source>
        <translation>El certificado de {server} ha caducado.</translation>
    </message>
    <message>
        <source>Have it renewed there. If it is valid, check the clock of this computer.</source>
        <translation>Pide que lo renueven allí. Si es válido, comprueba el reloj de este equipo.</translation>
    </message>
    <message>
        <source>The certificate of {server} is not valid yet.</source>
        <translation>El certificado de {server} aún no es válido.</translation>
    </message>
    <message>
        <source>Check the clocks of both computers.</source>
        <translation>Comprueba los relojes de ambos equipos.</translation>
    </message>
    <message>
        <source>The certificate was not made for “{server}”.</source>
        <translation>El certificado no se emitió para «{server}».</translation>
    </message>
    <message>
        <source>Connect by the name the certificate is made for, or have this name added to it.</source>
        <translation>Conéctate con el nombre para el que se emitió el certificado o pide que le añadan este nombre.</translation>
    </message>
    <message>
        <source>The certificate of {server} is of an authority that this computer does not trust.</source>
        <translation>El certificado de {server} es de una autoridad en la que este equipo no confía.</translation>
    </message>
    <message>
        <source>Put the right authority&apos;s certificate (cacert.pem) into /etc/pki/CA, or have one made by yours.</source>
        <translation>Pon el certificado de la autoridad correcta (cacert.pem) en /etc/pki/CA o pide que la tuya emita uno.</translation>
    </message>
    <message>
        <source>This computer has no certificate of an authority to check {server} against.</source>
        <translation>Este equipo no tiene ningún certificado de una autoridad con el que verificar {server}.</translation>
    </message>
    <message>
        <source>Put the authority&apos;s certificate to /etc/pki/CA/cacert.pem; the details name the file that is missing.</source>
        <translation>Pon el certificado de la autoridad en /etc/pki/CA/cacert.pem; los detalles dicen qué archivo falta.</translation>
    </message>
    <message>
        <source>This computer has no certificate to show to {server}.</source>
        <translation>Este equipo no tiene ningún certificado que mostrar a {server}.</translation>
    </message>
    <message>
        <source>Put clientcert.pem into /etc/pki/libvirt and clientkey.pem into its folder private.</source>
        <translation>Pon clientcert.pem en /etc/pki/libvirt y clientkey.pem en su carpeta private.</translation>
    </message>
    <message>
        <source>The certificate of this computer has expired.</source>
        <translation>El certificado de este equipo ha caducado.</translation>
    </message>
    <message>
        <source>Have it renewed; the details name the file.</source>
        <translation>Pide que lo renueven; los detalles dicen qué archivo es.</translation>
    </message>
    <message>
        <source>{server} does not accept the certificate of this computer.</source>
        <translation>{server} no acepta el certificado de este equipo.</translation>
    </message>
    <message>
        <source>It has to be of the authority that host trusts, and among the names it allows (tls_allowed_dn_list).</source>
        <translation>Tiene que ser de la autoridad en la que confía ese host y estar entre los nombres que permite (tls_allowed_dn_list).</translation>
    </message>
    <message>
        <source>{server} did not accept the user name or the password.</source>
        <translation>{server} no aceptó el usuario o la contraseña.</translation>
    </message>
    <message>
        <source>Try again. The account is one of libvirt there (saslpasswd2), not of the computer.</source>
        <translation>Reinténtalo. La cuenta es de libvirt allí (saslpasswd2), no del equipo.</translation>
    </message>
    <message>
        <source>{server} wants a login that this computer cannot do.</source>
        <translation>{server} pide un tipo de acceso que este equipo no admite.</translation>
    </message>
    <message>
        <source>Install the SASL module that host asks for (libsasl2-modules or cyrus-sasl), or set another in its /etc/sasl2/libvirt.conf.</source>
        <translation>Instala el módulo SASL que pide ese host (libsasl2-modules o cyrus-sasl) o configura otro en su /etc/sasl2/libvirt.conf.</translation>
    </message>
    <message>
        <source>The login on {server} prints something, which breaks the connection.</source>
        <translation>El inicio de sesión en {server} escribe algo, y eso rompe la conexión.</translation>
    </message>
    <message>
        <source>Remove what writes text from that user&apos;s shell start files (.bashrc, .profile).</source>
        <translation>Quita lo que escribe texto en los archivos de inicio del shell de ese usuario (.bashrc, .profile).</translation>
    </message>
    <message>
        <source>libvirt answers, but has no driver for this kind of hypervisor.</source>
        <translation>libvirt responde, pero no tiene controlador para este tipo de hipervisor.</translation>
    </message>
    <message>
        <source>Check the beginning of the address (qemu, lxc, xen …), or install that driver.</source>
        <translation>Comprueba el principio de la dirección (qemu, lxc, xen …) o instala ese controlador.</translation>
    </message>
    <message>
        <source>libvirt does not understand this address.</source>
        <translation>libvirt no entiende esta dirección.</translation>
    </message>
    <message>
        <source>The end is mostly /system or /session; the details say what libvirt expects.</source>
        <translation>El final suele ser /system o /session; los detalles dicen qué espera libvirt.</translation>
    </message>
    <message>
        <source>Nobody was logged in to {server}: the question was not answered.</source>
        <translation>No se inició sesión en {server}: la pregunta quedó sin respuesta.</translation>
    </message>
    <message>
        <source>vmgui connects again by itself as soon as it can.</source>
        <translation>vmgui vuelve a conectarse solo en cuanto puede.</translation>
    </message>
    <message>
        <source>Run “{command}” in a terminal, then log out and in again.</source>
        <translation>Ejecuta «{command}» en una terminal; después cierra la sesión y vuelve a iniciarla.</translation>
    </message>
    <message>
        <source>Start D-Bus (sudo systemctl start dbus), or run “{command}” in a terminal and log out and in again.</source>
        <translation>Inicia D-Bus (sudo systemctl start dbus) o ejecuta «{command}» en una terminal y vuelve a iniciar la sesión.</translation>
    </message>
    <message>
        <source>Start it (sudo systemctl enable --now libvirtd, or virtqemud.socket), or install it.</source>
        <translation>Inícialo (sudo systemctl enable --now libvirtd, o virtqemud.socket) o instálalo.</translation>
    </message>
    <message>
        <source>It runs but does not answer: restart it (sudo systemctl restart libvirtd, or virtqemud).</source>
        <translation>Está en marcha pero no responde: reinícialo (sudo systemctl restart libvirtd, o virtqemud).</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>este equipo</translation>
    </message>
</context>
<context>
    <name>DockTitle</name>
    <message>
        <source>Detach {title}</source>
        <translation>Separar {title}</translation>
    </message>
    <message>
        <source>Close {title}</source>
        <translation>Cerrar {title}</translation>
    </message>
</context>
<context>
    <name>DraftNotice</name>
    <message>
        <source>Keep mine</source>
        <translation>Conservar lo mío</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Usar lo suyo</translation>
    </message>
</context>
<context>
    <name>DraftTab</name>
    <message>
        <source>Drop mine</source>
        <translation>Descartar lo mío</translation>
    </message>
    <message>
        <source>vmgui cannot show these settings: its log says why.</source>
        <translation>vmgui no puede mostrar estos ajustes: su registro dice por qué.</translation>
    </message>
    <message>
        <source>Changed meanwhile: {what}</source>
        <translation>Ha cambiado entretanto: {what}</translation>
    </message>
    <message>
        <source>Reverting…</source>
        <translation>Revirtiendo…</translation>
    </message>
    <message>
        <source>Making it so now…</source>
        <translation>Aplicándolo ya…</translation>
    </message>
    <message>
        <source>Applying… {summary}</source>
        <translation>Aplicando… {summary}</translation>
    </message>
    <message>
        <source>Reading the settings…</source>
        <translation>Leyendo la configuración…</translation>
    </message>
</context>
<context>
    <name>Edits</name>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Maximum CPUs</source>
        <translation>Máximo de CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Maximum memory</source>
        <translation>Memoria máxima</translation>
    </message>
    <message>
        <source>CPU weight</source>
        <translation>Peso de CPU</translation>
    </message>
    <message>
        <source>CPU limit</source>
        <translation>Límite de CPU</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Read limit</source>
        <translation>Límite de lectura</translation>
    </message>
    <message>
        <source>Write limit</source>
        <translation>Límite de escritura</translation>
    </message>
    <message>
        <source>Read operations limit</source>
        <translation>Límite de operaciones de lectura</translation>
    </message>
    <message>
        <source>Write operations limit</source>
        <translation>Límite de operaciones de escritura</translation>
    </message>
    <message>
        <source>Read burst</source>
        <translation>Ráfaga de lectura</translation>
    </message>
    <message>
        <source>Write burst</source>
        <translation>Ráfaga de escritura</translation>
    </message>
    <message>
        <source>Total limit</source>
        <translation>Límite total</translation>
    </message>
    <message>
        <source>Total operations limit</source>
        <translation>Límite total de operaciones</translation>
    </message>
    <message>
        <source>Total burst</source>
        <translation>Ráfaga total</translation>
    </message>
    <message>
        <source>Total operations burst</source>
        <translation>Ráfaga total de operaciones</translation>
    </message>
    <message>
        <source>Read operations burst</source>
        <translation>Ráfaga de operaciones de lectura</translation>
    </message>
    <message>
        <source>Write operations burst</source>
        <translation>Ráfaga de operaciones de escritura</translation>
    </message>
    <message>
        <source>Incoming limit</source>
        <translation>Límite de entrada</translation>
    </message>
    <message>
        <source>Incoming peak</source>
        <translation>Pico de entrada</translation>
    </message>
    <message>
        <source>Incoming burst</source>
        <translation>Ráfaga de entrada</translation>
    </message>
    <message>
        <source>Outgoing limit</source>
        <translation>Límite de salida</translation>
    </message>
    <message>
        <source>Outgoing peak</source>
        <translation>Pico de salida</translation>
    </message>
    <message>
        <source>Outgoing burst</source>
        <translation>Ráfaga de salida</translation>
    </message>
    <message>
        <source>it cannot change while the machine runs</source>
        <translation>no puede cambiar mientras la máquina está en marcha</translation>
    </message>
    <message>
        <source>only the guest agent takes CPUs out safely, and it does not answer</source>
        <translation>solo el agente del invitado retira CPU sin peligro, y no responde</translation>
    </message>
    <message>
        <source>without a memory balloon the machine always has its maximum memory</source>
        <translation>sin globo de memoria la máquina tiene siempre su memoria máxima</translation>
    </message>
    <message>
        <source>this host cannot do it while the machine runs</source>
        <translation>este host no puede hacerlo mientras la máquina está en marcha</translation>
    </message>
    <message>
        <source>it runs with a maximum of {figure}</source>
        <translation>está en marcha con un máximo de {figure}</translation>
    </message>
    <message>
        <source>the guest is paused and cannot follow</source>
        <translation>el invitado está en pausa y no puede seguirlo</translation>
    </message>
    <message>
        <source>as you asked</source>
        <translation>como has pedido</translation>
    </message>
    <message>
        <source>the maximum is {figure}</source>
        <translation>el máximo es {figure}</translation>
    </message>
    <message>
        <source>it starts with {figure}</source>
        <translation>se inicia con {figure}</translation>
    </message>
    <message>
        <source>the least is {figure}</source>
        <translation>el mínimo es {figure}</translation>
    </message>
    <message>
        <source>the most is {figure}</source>
        <translation>lo más que puede ser es {figure}</translation>
    </message>
    <message>
        <source>the host has {figure}</source>
        <translation>el host tiene {figure}</translation>
    </message>
    <message>
        <source>it has {figure}, and making it smaller would cut off data</source>
        <translation>tiene {figure}, y hacerlo más pequeño cortaría datos</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>el disco es de solo lectura</translation>
    </message>
    <message>
        <source>its present size cannot be read</source>
        <translation>no se puede leer su tamaño actual</translation>
    </message>
    <message>
        <source>no storage pool can make it larger: that is possible only while the machine runs</source>
        <translation>ningún grupo de almacenamiento puede agrandarlo: solo es posible mientras la máquina está en marcha</translation>
    </message>
    <message>
        <source>it is a device that has {figure}: make that larger on the host first (lvextend)</source>
        <translation>es un dispositivo de {figure}: primero agranda ese en el host (lvextend)</translation>
    </message>
    <message>
        <source>another machine is running with it</source>
        <translation>otra máquina en marcha lo usa</translation>
    </message>
    <message>
        <source>the drive is empty</source>
        <translation>la unidad está vacía</translation>
    </message>
    <message>
        <source>the machine has a saved state, which keeps what it had</source>
        <translation>la máquina tiene un estado guardado, que conserva lo que tenía</translation>
    </message>
    <message>
        <source>the NUMA nodes of the machine fix it</source>
        <translation>lo fijan los nodos NUMA de la máquina</translation>
    </message>
    <message>
        <source>this host has no means for it</source>
        <translation>este host no tiene medios para ello</translation>
    </message>
    <message>
        <source>a network card of this kind cannot be limited</source>
        <translation>una tarjeta de red de este tipo no se puede limitar</translation>
    </message>
    <message>
        <source>a total limit excludes limits for reading and writing</source>
        <translation>un límite total excluye los de lectura y escritura</translation>
    </message>
    <message>
        <source>{count} {when}: {settings}</source>
        <translation>{count} {when}: {settings}</translation>
    </message>
    <message>
        <source>bursts and peaks cannot be below the limit of {figure}</source>
        <translation>ráfagas y picos no pueden ser menores que el límite de {figure}</translation>
    </message>
    <message>
        <source>there is no limit that it could exceed: set one first</source>
        <translation>no hay límite que pueda superar: pon uno antes</translation>
    </message>
    <message>
        <source>the device is not there any more</source>
        <translation>el dispositivo ya no está</translation>
    </message>
    <message>
        <source>a disk grows at once, not at the next start</source>
        <translation>un disco crece al momento, no en el próximo inicio</translation>
    </message>
    <message>
        <source>the machine is not running</source>
        <translation>la máquina no está en marcha</translation>
    </message>
    <message>
        <source>the machine exists only while it runs</source>
        <translation>la máquina solo existe mientras está en marcha</translation>
    </message>
    <message>
        <source>the machine is being migrated: wait for the migration</source>
        <translation>la máquina virtual se está migrando: espera a que termine la migración</translation>
    </message>
    <message>
        <source>The host has {figure} CPUs. More than that makes the machine slower, not faster.</source>
        <translation>El host tiene {figure} CPU. Con más, la máquina va más lenta, no más rápida.</translation>
    </message>
    <message>
        <source>Make the partition and file system larger inside the guest.</source>
        <translation>Amplía la partición y el sistema de archivos dentro del invitado.</translation>
    </message>
    <message>
        <source>All disks that share this limit change with it.</source>
        <translation>Con él cambian todos los discos que comparten este límite.</translation>
    </message>
    <message>
        <source>The topology follows: sockets will be {figure}.</source>
        <translation>La topología se adapta: los zócalos serán {figure}.</translation>
    </message>
    <message>
        <source>The guest may stop programs for lack of memory.</source>
        <translation>El sistema invitado podría cerrar programas por falta de memoria.</translation>
    </message>
    <message>
        <source>It goes with another change.</source>
        <translation>Va con otro cambio.</translation>
    </message>
    <message>
        <source>Whether this host can do it is not known. If not, the machine will not start.</source>
        <translation>No se sabe si este host puede hacerlo. Si no puede, la máquina no se iniciará.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <source>at the next start</source>
        <translation>en el próximo inicio</translation>
    </message>
    <message>
        <source>impossible</source>
        <translation>imposible</translation>
    </message>
    <message>
        <source>Raise the maximum to {value}, at the next start</source>
        <translation>Subir el máximo a {value}, en el próximo inicio</translation>
    </message>
    <message>
        <source>Start with {value} instead</source>
        <translation>Iniciar con {value}</translation>
    </message>
    <message>
        <source>Start the machine</source>
        <translation>Iniciar la máquina</translation>
    </message>
    <message>
        <source>Discard the saved state…</source>
        <translation>Descartar el estado guardado…</translation>
    </message>
    <message>
        <source>{setting} of {device}</source>
        <translation>{setting} de {device}</translation>
    </message>
    <message>
        <source>default</source>
        <translation>predeterminado</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sin límite</translation>
    </message>
    <message>
        <source>{number} IOPS</source>
        <translation>{number} IOPS</translation>
    </message>
    <message>
        <source>now, until the machine stops</source>
        <translation>ahora, hasta que la máquina se pare</translation>
    </message>
    <message>
        <source>{when}: {reason}</source>
        <translation>{when}: {reason}</translation>
    </message>
    <message>
        <source>{setting}: {difference}, {verdict}</source>
        <translation>{setting}: {difference}, {verdict}</translation>
    </message>
    <message>
        <source>Not possible: {settings}</source>
        <translation>No es posible: {settings}</translation>
    </message>
</context>
<context>
    <name>EntryDialog</name>
    <message>
        <source>What is known of it</source>
        <translation>Lo que se sabe</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy all of it</source>
        <translation>Copiar todo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The host {host} cannot be reached.</source>
        <translation>No se puede llegar al host {host}.</translation>
    </message>
    <message>
        <source>The host cannot be reached.</source>
        <translation>No se puede llegar al host.</translation>
    </message>
    <message>
        <source>Check its address, the network and that libvirt runs there, then try again.</source>
        <translation>Comprueba su dirección, la red y que libvirt esté en marcha allí; luego reinténtalo.</translation>
    </message>
    <message>
        <source>The connection to {host} broke while working on {subject}.</source>
        <translation>La conexión con {host} se cortó mientras se trabajaba en {subject}.</translation>
    </message>
    <message>
        <source>The connection to the host broke.</source>
        <translation>La conexión con el host se cortó.</translation>
    </message>
    <message>
        <source>It may or may not have been done: look at the state once the host is back.</source>
        <translation>Puede que se haya hecho o no: mira el estado cuando vuelva el host.</translation>
    </message>
    <message>
        <source>{host} did not accept the user name, password or key.</source>
        <translation>{host} no aceptó el usuario, la contraseña o la clave.</translation>
    </message>
    <message>
        <source>The user name, password or key was not accepted.</source>
        <translation>No se aceptó el usuario, la contraseña o la clave.</translation>
    </message>
    <message>
        <source>Check the user name in the address and that your key is loaded, then try again.</source>
        <translation>Comprueba el usuario en la dirección y que tu clave esté cargada; luego reinténtalo.</translation>
    </message>
    <message>
        <source>Nobody was logged in to {host}: its question was not answered.</source>
        <translation>No se inició sesión en {host}: su pregunta quedó sin respuesta.</translation>
    </message>
    <message>
        <source>Nobody was logged in: the question was not answered.</source>
        <translation>No se inició sesión: la pregunta quedó sin respuesta.</translation>
    </message>
    <message>
        <source>Connect again to be asked once more.</source>
        <translation>Vuelve a conectarte para que se te pregunte otra vez.</translation>
    </message>
    <message>
        <source>The identity of {host} could not be confirmed.</source>
        <translation>No se pudo confirmar la identidad de {host}.</translation>
    </message>
    <message>
        <source>The identity of the host could not be confirmed.</source>
        <translation>No se pudo confirmar la identidad del host.</translation>
    </message>
    <message>
        <source>Its key or certificate is unknown or has changed. Connect once with ssh in a terminal, or have the certificate checked, before you trust it.</source>
        <translation>Su clave o certificado es desconocido o ha cambiado. Conéctate una vez con ssh en una terminal, o haz revisar el certificado, antes de confiar en él.</translation>
    </message>
    <message>
        <source>You are not allowed to do this with {subject} on {host}.</source>
        <translation>No tienes permiso para hacer esto con {subject} en {host}.</translation>
    </message>
    <message>
        <source>You are not allowed to do this.</source>
        <translation>No tienes permiso para hacer esto.</translation>
    </message>
    <message>
        <source>Ask to be added to the group libvirt on that host, or connect as another user. For a file, let the hypervisor&apos;s user read it.</source>
        <translation>Pide que te añadan al grupo libvirt en ese host, o conéctate con otro usuario. Si es un archivo, permite que lo lea el usuario del hipervisor.</translation>
    </message>
    <message>
        <source>{subject} is no longer there.</source>
        <translation>{subject} ya no está.</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>Ya no está.</translation>
    </message>
    <message>
        <source>Somebody may have removed or renamed it. The list shows what there is now.</source>
        <translation>Alguien pudo quitarlo o cambiarle el nombre. La lista muestra lo que hay ahora.</translation>
    </message>
    <message>
        <source>There is no drive {subject} that takes media.</source>
        <translation>No hay ninguna unidad {subject} que admita medios.</translation>
    </message>
    <message>
        <source>There is no such drive.</source>
        <translation>No hay tal unidad.</translation>
    </message>
    <message>
        <source>Its devices are listed by “vmgui device list”.</source>
        <translation>«vmgui device list» muestra sus dispositivos.</translation>
    </message>
    <message>
        <source>Several virtual machines are called {subject}.</source>
        <translation>Varias máquinas virtuales se llaman {subject}.</translation>
    </message>
    <message>
        <source>Several virtual machines are called so.</source>
        <translation>Varias máquinas virtuales se llaman así.</translation>
    </message>
    <message>
        <source>Say which one: HOST/NAME, or its identifier. The details name the hosts.</source>
        <translation>Di cuál: HOST/NOMBRE, o su identificador. Los detalles nombran los hosts.</translation>
    </message>
    <message>
        <source>Whether {subject} is the only one of that name is not known: not all hosts answer.</source>
        <translation>No se sabe si {subject} es la única con ese nombre: no responden todos los hosts.</translation>
    </message>
    <message>
        <source>Whether it is the only one of that name is not known: not all hosts answer.</source>
        <translation>No se sabe si es la única con ese nombre: no responden todos los hosts.</translation>
    </message>
    <message>
        <source>Say which one: HOST/NAME, or its identifier; or name its host with --connect. The details name the hosts that do not answer.</source>
        <translation>Di cuál: HOST/NOMBRE, o su identificador; o indica su host con --connect. Los detalles nombran los hosts que no responden.</translation>
    </message>
    <message>
        <source>{subject} already exists on {host}.</source>
        <translation>{subject} ya existe en {host}.</translation>
    </message>
    <message>
        <source>Something of that name already exists.</source>
        <translation>Ya existe algo con ese nombre.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Elige otro nombre.</translation>
    </message>
    <message>
        <source>This is not possible in the state {subject} is in.</source>
        <translation>Esto no es posible en el estado en que está {subject}.</translation>
    </message>
    <message>
        <source>This is not possible in the current state.</source>
        <translation>Esto no es posible en el estado actual.</translation>
    </message>
    <message>
        <source>It may just have been started or stopped: look at its state and try again.</source>
        <translation>Puede que se acabe de iniciar o detener: mira su estado y reinténtalo.</translation>
    </message>
    <message>
        <source>{subject} was changed by somebody else meanwhile. Nothing was done.</source>
        <translation>Otra persona cambió {subject} mientras tanto. No se hizo nada.</translation>
    </message>
    <message>
        <source>It was changed by somebody else meanwhile. Nothing was done.</source>
        <translation>Otra persona lo cambió mientras tanto. No se hizo nada.</translation>
    </message>
    <message>
        <source>Look at what it is now, and change it again if you still want to.</source>
        <translation>Mira cómo está ahora y cámbialo de nuevo si aún quieres.</translation>
    </message>
    <message>
        <source>{subject} has changed since its list was shown. Nothing was deleted.</source>
        <translation>{subject} ha cambiado desde que se mostró su lista. No se eliminó nada.</translation>
    </message>
    <message>
        <source>It has changed since its list was shown. Nothing was deleted.</source>
        <translation>Ha cambiado desde que se mostró su lista. No se eliminó nada.</translation>
    </message>
    <message>
        <source>Choose “Delete” again and look at the new list.</source>
        <translation>Elige «Eliminar» otra vez y mira la nueva lista.</translation>
    </message>
    <message>
        <source>{host} cannot do this.</source>
        <translation>{host} no puede hacer esto.</translation>
    </message>
    <message>
        <source>The host cannot do this.</source>
        <translation>El host no puede hacer esto.</translation>
    </message>
    <message>
        <source>Its hypervisor or version lacks it; the details say what.</source>
        <translation>A su hipervisor o versión le falta; los detalles dicen qué.</translation>
    </message>
    <message>
        <source>The host lacks the program {subject}, which the virtual machine needs.</source>
        <translation>Al host le falta el programa {subject}, que la máquina virtual necesita.</translation>
    </message>
    <message>
        <source>The host lacks a program that the virtual machine needs.</source>
        <translation>Al host le falta un programa que la máquina virtual necesita.</translation>
    </message>
    <message>
        <source>Install it on the host; most systems have a package of its name.</source>
        <translation>Instálalo en el host; la mayoría de los sistemas tienen un paquete con su nombre.</translation>
    </message>
    <message>
        <source>The configuration of {subject} was refused.</source>
        <translation>Se rechazó la configuración de {subject}.</translation>
    </message>
    <message>
        <source>The configuration was refused.</source>
        <translation>Se rechazó la configuración.</translation>
    </message>
    <message>
        <source>The details name the setting that is not accepted. Change it and try again.</source>
        <translation>Los detalles indican el ajuste que no se acepta. Cámbialo y reinténtalo.</translation>
    </message>
    <message>
        <source>{subject} is busy with something else.</source>
        <translation>{subject} está ocupada con otra cosa.</translation>
    </message>
    <message>
        <source>Something else is under way.</source>
        <translation>Hay otra cosa en curso.</translation>
    </message>
    <message>
        <source>Wait until that has ended, then try again.</source>
        <translation>Espera a que termine y reinténtalo.</translation>
    </message>
    <message>
        <source>Nothing was done with {subject}: this computer can start no more threads.</source>
        <translation>No se hizo nada con {subject}: este equipo no puede iniciar más hilos.</translation>
    </message>
    <message>
        <source>This computer can start no more threads.</source>
        <translation>Este equipo no puede iniciar más hilos.</translation>
    </message>
    <message>
        <source>End other programs of yours to make room, then try again.</source>
        <translation>Cierra otros programas tuyos para hacer sitio e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>Virtual machine {subject} is running with this disk.</source>
        <translation>La máquina virtual {subject} está en marcha con este disco.</translation>
    </message>
    <message>
        <source>Another virtual machine is running with this disk.</source>
        <translation>Otra máquina virtual está en marcha con este disco.</translation>
    </message>
    <message>
        <source>Shut that machine down, or choose another disk: two that write to one destroy it.</source>
        <translation>Apaga esa máquina o elige otro disco: dos que escriben en el mismo lo destruyen.</translation>
    </message>
    <message>
        <source>The disk {subject} is held by something else.</source>
        <translation>Otra cosa tiene bloqueado el disco {subject}.</translation>
    </message>
    <message>
        <source>One of its disks is held by something else.</source>
        <translation>Otra cosa tiene bloqueado uno de sus discos.</translation>
    </message>
    <message>
        <source>No running virtual machine of the connected hosts is known to use it. It may be one of another host, a backup or a tool for disk images: end that, then try again.</source>
        <translation>No se sabe de ninguna máquina virtual en marcha de los hosts conectados que lo use. Puede ser una de otro host, una copia de seguridad o una herramienta de imágenes de disco: termínala y vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>The guest has locked the tray of {subject}.</source>
        <translation>El sistema invitado ha bloqueado la bandeja de {subject}.</translation>
    </message>
    <message>
        <source>The guest has locked the tray.</source>
        <translation>El sistema invitado ha bloqueado la bandeja.</translation>
    </message>
    <message>
        <source>What was in the drive is still in it. Unmount the medium inside the guest and try again, or open the tray by force.</source>
        <translation>Lo que había en la unidad sigue en ella. Desmonta el medio dentro del sistema invitado y vuelve a intentarlo, o abre la bandeja a la fuerza.</translation>
    </message>
    <message>
        <source>What was under way for {subject} has been cancelled.</source>
        <translation>Se canceló lo que estaba en curso para {subject}.</translation>
    </message>
    <message>
        <source>It has been cancelled.</source>
        <translation>Se canceló.</translation>
    </message>
    <message>
        <source>{host} did not answer in time.</source>
        <translation>{host} no respondió a tiempo.</translation>
    </message>
    <message>
        <source>The host did not answer in time.</source>
        <translation>El host no respondió a tiempo.</translation>
    </message>
    <message>
        <source>It may still be working on it. Wait a moment, look at the state, then try again.</source>
        <translation>Puede que siga en ello. Espera un momento, mira el estado y reinténtalo.</translation>
    </message>
    <message>
        <source>The guest in {subject} was asked and has not shut down in time.</source>
        <translation>Al sistema de {subject} se le pidió que se apagara y no lo ha hecho a tiempo.</translation>
    </message>
    <message>
        <source>The guest was asked and has not shut down in time.</source>
        <translation>Al sistema invitado se le pidió que se apagara y no lo ha hecho a tiempo.</translation>
    </message>
    <message>
        <source>The host did its part. The guest may still be at it, may ask somebody on its screen, or may not listen at all (no system yet, no ACPI). Look at its console, try again, or force it off.</source>
        <translation>El host hizo su parte. Puede que el sistema invitado siga apagándose, que pregunte algo en su pantalla o que no atienda (sin sistema aún, sin ACPI). Mira su consola, vuelve a intentarlo o fuerza el apagado.</translation>
    </message>
    <message>
        <source>The guest agent in {subject} does not answer.</source>
        <translation>El agente de invitado en {subject} no responde.</translation>
    </message>
    <message>
        <source>The guest agent does not answer.</source>
        <translation>El agente de invitado no responde.</translation>
    </message>
    <message>
        <source>Install and start qemu-guest-agent inside the virtual machine, then try again.</source>
        <translation>Instala e inicia qemu-guest-agent dentro de la máquina virtual y reinténtalo.</translation>
    </message>
    <message>
        <source>Going back would lose or damage something of {subject}.</source>
        <translation>Volver atrás perdería o dañaría algo de {subject}.</translation>
    </message>
    <message>
        <source>Going back would lose or damage something.</source>
        <translation>Volver atrás perdería o dañaría algo.</translation>
    </message>
    <message>
        <source>Read the details before you force it.</source>
        <translation>Lee los detalles antes de forzarlo.</translation>
    </message>
    <message>
        <source>There is not enough room for {subject} on {host}.</source>
        <translation>No hay espacio suficiente para {subject} en {host}.</translation>
    </message>
    <message>
        <source>There is not enough room.</source>
        <translation>No hay espacio suficiente.</translation>
    </message>
    <message>
        <source>Free some disk space or memory on the host, or choose less, then try again.</source>
        <translation>Libera espacio en disco o memoria en el host, o elige menos, y reinténtalo.</translation>
    </message>
    <message>
        <source>A disk, image or storage pool of {subject} cannot be used.</source>
        <translation>No se puede usar un disco, una imagen o un grupo de almacenamiento de {subject}.</translation>
    </message>
    <message>
        <source>A disk, image or storage pool cannot be used.</source>
        <translation>No se puede usar un disco, una imagen o un grupo de almacenamiento.</translation>
    </message>
    <message>
        <source>Check that the file exists on the host, is not damaged and can be read there; the details name it.</source>
        <translation>Comprueba que el archivo exista en el host, no esté dañado y se pueda leer allí; los detalles lo nombran.</translation>
    </message>
    <message>
        <source>vmgui’s file {subject} cannot be read.</source>
        <translation>No se puede leer el archivo {subject} de vmgui.</translation>
    </message>
    <message>
        <source>A file of vmgui cannot be read.</source>
        <translation>No se puede leer un archivo de vmgui.</translation>
    </message>
    <message>
        <source>Look at the message over the details; what is in the file is not changed meanwhile.</source>
        <translation>Mira el mensaje sobre los detalles; mientras tanto no se cambia lo que hay en el archivo.</translation>
    </message>
    <message>
        <source>The guest has not let go of {subject} yet.</source>
        <translation>El invitado aún no ha soltado {subject}.</translation>
    </message>
    <message>
        <source>The guest has not let go of the device yet.</source>
        <translation>El invitado aún no ha soltado el dispositivo.</translation>
    </message>
    <message>
        <source>It may still let go later. Unmount or release the device inside the guest and try again, or remove it at the next start.</source>
        <translation>Puede que lo suelte más tarde. Desmonta o libera el dispositivo dentro del invitado y reinténtalo, o quítalo en el próximo inicio.</translation>
    </message>
    <message>
        <source>{subject} has no free port for this device while it runs.</source>
        <translation>{subject} no tiene ningún puerto libre para este dispositivo mientras está en marcha.</translation>
    </message>
    <message>
        <source>The running virtual machine has no free port for this device.</source>
        <translation>La máquina virtual en marcha no tiene ningún puerto libre para este dispositivo.</translation>
    </message>
    <message>
        <source>Add it at the next start, which makes a port for it, or remove a device that is not needed.</source>
        <translation>Añádelo en el próximo inicio, que crea un puerto para él, o quita un dispositivo que no haga falta.</translation>
    </message>
    <message>
        <source>There is no file {subject} on {host}.</source>
        <translation>No hay ningún archivo {subject} en {host}.</translation>
    </message>
    <message>
        <source>The file of the disk is not there.</source>
        <translation>El archivo del disco no está.</translation>
    </message>
    <message>
        <source>No disk was added or changed. Look at how the file is written, or choose another.</source>
        <translation>No se añadió ni se cambió ningún disco. Comprueba cómo está escrito el archivo, o elige otro.</translation>
    </message>
    <message>
        <source>The hypervisor cannot use {subject} as a disk.</source>
        <translation>El hipervisor no puede usar {subject} como disco.</translation>
    </message>
    <message>
        <source>The hypervisor cannot use the file as a disk.</source>
        <translation>El hipervisor no puede usar el archivo como disco.</translation>
    </message>
    <message>
        <source>No disk was added or changed. The details say why: its format may be another, or the hypervisor may not read it.</source>
        <translation>No se añadió ni se cambió ningún disco. Los detalles dicen por qué: quizá su formato sea otro o el hipervisor no pueda leerlo.</translation>
    </message>
    <message>
        <source>The file is not there.</source>
        <translation>El archivo no está.</translation>
    </message>
    <message>
        <source>What was in the drive is still in it. Look at how the file is written, or choose another.</source>
        <translation>Lo que había en la unidad sigue en ella. Comprueba cómo está escrito el archivo, o elige otro.</translation>
    </message>
    <message>
        <source>{subject} cannot be read as a medium.</source>
        <translation>{subject} no se puede leer como medio.</translation>
    </message>
    <message>
        <source>The file cannot be read as a medium.</source>
        <translation>El archivo no se puede leer como medio.</translation>
    </message>
    <message>
        <source>What was in the drive is still in it. The details say why: it may be damaged, no file, or not for the hypervisor to read.</source>
        <translation>Lo que había en la unidad sigue en ella. Los detalles dicen por qué: quizá esté dañado, no sea un archivo o el hipervisor no pueda leerlo.</translation>
    </message>
    <message>
        <source>The storage pool {subject} does not answer.</source>
        <translation>El grupo de almacenamiento {subject} no responde.</translation>
    </message>
    <message>
        <source>A storage pool of the host does not answer.</source>
        <translation>Un grupo de almacenamiento del host no responde.</translation>
    </message>
    <message>
        <source>Look at the disk or file server behind it. vmgui uses it again as soon as it answers; other pools can be used meanwhile.</source>
        <translation>Revisa el disco o servidor de archivos que hay detrás. vmgui vuelve a usarlo en cuanto responda; mientras tanto puedes usar otros grupos.</translation>
    </message>
    <message>
        <source>The storage pool {subject} is not started.</source>
        <translation>El grupo de almacenamiento {subject} no está iniciado.</translation>
    </message>
    <message>
        <source>A storage pool is not started.</source>
        <translation>Un grupo de almacenamiento no está iniciado.</translation>
    </message>
    <message>
        <source>Start it on the host, then try again.</source>
        <translation>Haz que se inicie en el host y vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>The saved state of {subject} is damaged, or of another version: it can never be restored.</source>
        <translation>El estado guardado de {subject} está dañado o es de otra versión: nunca se podrá restaurar.</translation>
    </message>
    <message>
        <source>The saved state is damaged, or of another version: it can never be restored.</source>
        <translation>El estado guardado está dañado o es de otra versión: nunca se podrá restaurar.</translation>
    </message>
    <message>
        <source>Discard it and boot from the disks: they are as they were when it was saved.</source>
        <translation>Descártalo y arranca desde los discos: están como estaban cuando se guardó.</translation>
    </message>
    <message>
        <source>The saved state of {subject} needs something that the host does not have now.</source>
        <translation>El estado guardado de {subject} necesita algo que el host no tiene ahora.</translation>
    </message>
    <message>
        <source>The saved state needs something that the host does not have now.</source>
        <translation>El estado guardado necesita algo que el host no tiene ahora.</translation>
    </message>
    <message>
        <source>The details say what. Bring it back and try again, or discard the saved state and boot from the disks.</source>
        <translation>Los detalles dicen qué. Repón eso y vuelve a intentarlo, o descarta el estado guardado y arranca desde los discos.</translation>
    </message>
    <message>
        <source>The virtual network {subject} is not started.</source>
        <translation>La red virtual {subject} no está iniciada.</translation>
    </message>
    <message>
        <source>A virtual network is not started.</source>
        <translation>Una red virtual no está iniciada.</translation>
    </message>
    <message>
        <source>A virtual network of {subject} cannot be used.</source>
        <translation>No se puede usar una red virtual de {subject}.</translation>
    </message>
    <message>
        <source>A virtual network cannot be used.</source>
        <translation>No se puede usar una red virtual.</translation>
    </message>
    <message>
        <source>Check that the network is started on the host, then try again.</source>
        <translation>Comprueba que la red esté iniciada en el host y reinténtalo.</translation>
    </message>
    <message>
        <source>{subject} was left on {host}: nothing proves that it was made here.</source>
        <translation>{subject} se dejó en {host}: nada demuestra que se creara desde aquí.</translation>
    </message>
    <message>
        <source>It was left: nothing proves that it was made here.</source>
        <translation>Se dejó: nada demuestra que se creara desde aquí.</translation>
    </message>
    <message>
        <source>Look at it, and remove it by hand if nobody needs it.</source>
        <translation>Revísalo y elimínalo a mano si nadie lo necesita.</translation>
    </message>
    <message>
        <source>{subject} was left on {host}: it has come into use since it was made.</source>
        <translation>{subject} se dejó en {host}: desde que se creó, se ha empezado a usar.</translation>
    </message>
    <message>
        <source>It was left: it has come into use since it was made.</source>
        <translation>Se dejó: desde que se creó, se ha empezado a usar.</translation>
    </message>
    <message>
        <source>The details say by what. Remove it by hand if nobody needs it.</source>
        <translation>Los detalles dicen quién lo usa. Elimínalo a mano si nadie lo necesita.</translation>
    </message>
    <message>
        <source>{subject} could not be removed from {host} yet.</source>
        <translation>{subject} todavía no se pudo eliminar de {host}.</translation>
    </message>
    <message>
        <source>It could not be removed yet.</source>
        <translation>Todavía no se pudo eliminar.</translation>
    </message>
    <message>
        <source>It is removed by itself when the host is next connected, if nobody uses it by then.</source>
        <translation>Se elimina por sí solo la próxima vez que se conecte el host, si entonces nadie lo usa.</translation>
    </message>
    <message>
        <source>Something went wrong inside vmgui while it was working on {subject}.</source>
        <translation>Algo falló dentro de vmgui al trabajar con {subject}.</translation>
    </message>
    <message>
        <source>{host} could not do this with {subject}.</source>
        <translation>{host} no pudo hacer esto con {subject}.</translation>
    </message>
    <message>
        <source>The host could not do this.</source>
        <translation>El host no pudo hacer esto.</translation>
    </message>
    <message>
        <source>The details say what the host answered.</source>
        <translation>Los detalles dicen qué respondió el host.</translation>
    </message>
    <message>
        <source>Something went wrong inside vmgui.</source>
        <translation>Algo falló dentro de vmgui.</translation>
    </message>
    <message>
        <source>Try again. If it happens again, report it with the details.</source>
        <translation>Reinténtalo. Si vuelve a pasar, infórmalo con los detalles.</translation>
    </message>
    <message>
        <source>Nothing was asked of the host. Try again once it answers.</source>
        <translation>No se pidió nada al host. Vuelve a intentarlo cuando responda.</translation>
    </message>
    <message>
        <source>There is no “{subject}” here.</source>
        <translation>Aquí no hay ningún «{subject}».</translation>
    </message>
    <message>
        <source>Look at how its name is written: the list shows what there is.</source>
        <translation>Revisa cómo está escrito su nombre: la lista muestra lo que hay.</translation>
    </message>
    <message>
        <source>It did not work for {names}.</source>
        <translation>No funcionó para {names}.</translation>
    </message>
    <message>
        <source>{name}: done</source>
        <translation>{name}: hecho</translation>
    </message>
    <message>
        <source>Number of the error: {code}</source>
        <translation>Número del error: {code}</translation>
    </message>
    <message>
        <source>Printed on the way there:</source>
        <translation>Impreso por el camino:</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>«{name}»</translation>
    </message>
</context>
<context>
    <name>Event</name>
    <message>
        <source>Added</source>
        <translation>Añadida</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Quitada</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Iniciada</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>Reanudada</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenida</translation>
    </message>
    <message>
        <source>Shut down</source>
        <translation>Apagada</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Dormida</translation>
    </message>
    <message>
        <source>The guest crashed</source>
        <translation>El invitado falló</translation>
    </message>
    <message>
        <source>Rebooted</source>
        <translation>Reiniciada</translation>
    </message>
    <message>
        <source>The watchdog barked: the guest stopped answering</source>
        <translation>Saltó el vigilante: el invitado dejó de responder</translation>
    </message>
    <message>
        <source>A disk could not be read or written</source>
        <translation>No se pudo leer o escribir un disco</translation>
    </message>
    <message>
        <source>The hypervisor lost control of it</source>
        <translation>El hipervisor perdió el control sobre ella</translation>
    </message>
    <message>
        <source>A viewer connected to the screen</source>
        <translation>Un visor se conectó a la pantalla</translation>
    </message>
    <message>
        <source>A viewer left the screen</source>
        <translation>Un visor dejó la pantalla</translation>
    </message>
    <message>
        <source>A disk operation changed</source>
        <translation>Cambió una operación de disco</translation>
    </message>
    <message>
        <source>A disk operation is complete</source>
        <translation>Terminó una operación de disco</translation>
    </message>
    <message>
        <source>A disk operation failed</source>
        <translation>Falló una operación de disco</translation>
    </message>
    <message>
        <source>A disk operation was cancelled</source>
        <translation>Se canceló una operación de disco</translation>
    </message>
    <message>
        <source>A disk copy is up to date</source>
        <translation>Una copia de disco está al día</translation>
    </message>
    <message>
        <source>A disk has grown past its mark</source>
        <translation>Un disco superó su marca</translation>
    </message>
    <message>
        <source>A medium was changed</source>
        <translation>Se cambió un medio</translation>
    </message>
    <message>
        <source>A drive&apos;s tray was opened or closed</source>
        <translation>Se abrió o cerró la bandeja de una unidad</translation>
    </message>
    <message>
        <source>The guest went to sleep or woke up</source>
        <translation>El invitado se durmió o despertó</translation>
    </message>
    <message>
        <source>A memory failure</source>
        <translation>Un fallo de memoria</translation>
    </message>
    <message>
        <source>A device was added</source>
        <translation>Se añadió un dispositivo</translation>
    </message>
    <message>
        <source>A device was removed</source>
        <translation>Se quitó un dispositivo</translation>
    </message>
    <message>
        <source>The guest did not let go of a device</source>
        <translation>El invitado no soltó un dispositivo</translation>
    </message>
    <message>
        <source>Limits were changed</source>
        <translation>Se cambiaron los límites</translation>
    </message>
    <message>
        <source>The guest agent changed</source>
        <translation>Cambió el agente de invitado</translation>
    </message>
    <message>
        <source>The guest agent is there</source>
        <translation>El agente de invitado está disponible</translation>
    </message>
    <message>
        <source>The guest agent is gone</source>
        <translation>El agente de invitado ya no está</translation>
    </message>
    <message>
        <source>A move, backup or saving ended</source>
        <translation>Terminó un traslado, una copia de seguridad o un guardado</translation>
    </message>
    <message>
        <source>Notes or tags were changed</source>
        <translation>Se cambiaron las notas o las etiquetas</translation>
    </message>
    <message>
        <source>A network changed</source>
        <translation>Cambió una red</translation>
    </message>
    <message>
        <source>Network added or changed</source>
        <translation>Red añadida o cambiada</translation>
    </message>
    <message>
        <source>Network removed</source>
        <translation>Red quitada</translation>
    </message>
    <message>
        <source>Network started</source>
        <translation>Red iniciada</translation>
    </message>
    <message>
        <source>Network stopped</source>
        <translation>Red detenida</translation>
    </message>
    <message>
        <source>Network changed</source>
        <translation>Red cambiada</translation>
    </message>
    <message>
        <source>A storage pool changed</source>
        <translation>Cambió un grupo de almacenamiento</translation>
    </message>
    <message>
        <source>Storage pool added or changed</source>
        <translation>Grupo de almacenamiento añadido o cambiado</translation>
    </message>
    <message>
        <source>Storage pool removed</source>
        <translation>Grupo de almacenamiento quitado</translation>
    </message>
    <message>
        <source>Storage pool started</source>
        <translation>Grupo de almacenamiento iniciado</translation>
    </message>
    <message>
        <source>Storage pool stopped</source>
        <translation>Grupo de almacenamiento detenido</translation>
    </message>
    <message>
        <source>Storage pool built</source>
        <translation>Grupo de almacenamiento construido</translation>
    </message>
    <message>
        <source>Storage pool deleted</source>
        <translation>Grupo de almacenamiento eliminado</translation>
    </message>
    <message>
        <source>A stored secret was added or changed</source>
        <translation>Se añadió o cambió un secreto guardado</translation>
    </message>
    <message>
        <source>A stored secret was removed</source>
        <translation>Se quitó un secreto guardado</translation>
    </message>
    <message>
        <source>A stored secret got another value</source>
        <translation>Un secreto guardado recibió otro valor</translation>
    </message>
    <message>
        <source>Too many events at once: some are missing here</source>
        <translation>Demasiados eventos a la vez: aquí faltan algunos</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>Connected again</source>
        <translation>Conectado de nuevo</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Conexión perdida</translation>
    </message>
    <message>
        <source>The host cannot be reached</source>
        <translation>No se puede llegar al host</translation>
    </message>
    <message>
        <source>The host refused the login</source>
        <translation>El host rechazó el acceso</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Desconectado</translation>
    </message>
    <message>
        <source>Too much at once: entries are missing here</source>
        <translation>Demasiado a la vez: aquí faltan entradas</translation>
    </message>
    <message>
        <source>The log&apos;s file was broken; a new one was begun</source>
        <translation>El archivo del registro estaba dañado; se empezó uno nuevo</translation>
    </message>
    <message>
        <source>Configuration changed</source>
        <translation>Configuración cambiada</translation>
    </message>
    <message>
        <source>Renamed</source>
        <translation>Nombre cambiado</translation>
    </message>
    <message>
        <source>Configuration of a snapshot taken</source>
        <translation>Configuración tomada de una instantánea</translation>
    </message>
    <message>
        <source>Old name given up</source>
        <translation>Nombre anterior abandonado</translation>
    </message>
    <message>
        <source>Started: arrived from another host</source>
        <translation>Iniciada: llegó de otro host</translation>
    </message>
    <message>
        <source>Started: saved state restored</source>
        <translation>Iniciada: estado guardado restaurado</translation>
    </message>
    <message>
        <source>Started from a snapshot</source>
        <translation>Iniciada desde una instantánea</translation>
    </message>
    <message>
        <source>Woken up</source>
        <translation>Despertada</translation>
    </message>
    <message>
        <source>Paused to move to another host</source>
        <translation>Pausada para pasar a otro host</translation>
    </message>
    <message>
        <source>Paused: a disk could not be read or written</source>
        <translation>Pausada: no se pudo leer o escribir un disco</translation>
    </message>
    <message>
        <source>Paused by its watchdog</source>
        <translation>Pausada por su vigilante</translation>
    </message>
    <message>
        <source>Paused after its saved state was restored</source>
        <translation>Pausada tras restaurar su estado guardado</translation>
    </message>
    <message>
        <source>Paused for a snapshot</source>
        <translation>Pausada para una instantánea</translation>
    </message>
    <message>
        <source>Paused by a failed call</source>
        <translation>Pausada por una llamada fallida</translation>
    </message>
    <message>
        <source>Paused: goes on at the other host</source>
        <translation>Pausada: sigue en el otro host</translation>
    </message>
    <message>
        <source>Paused: its move failed half-way</source>
        <translation>Pausada: su traslado falló a medio camino</translation>
    </message>
    <message>
        <source>Resumed after a move</source>
        <translation>Reanudada tras un traslado</translation>
    </message>
    <message>
        <source>Resumed from a snapshot</source>
        <translation>Reanudada desde una instantánea</translation>
    </message>
    <message>
        <source>Resumed while its memory still moves</source>
        <translation>Reanudada mientras su memoria aún se traslada</translation>
    </message>
    <message>
        <source>Resumed after its move failed half-way</source>
        <translation>Reanudada tras fallar su traslado a medio camino</translation>
    </message>
    <message>
        <source>Stopped: it shut down</source>
        <translation>Detenida: se apagó</translation>
    </message>
    <message>
        <source>Stopped: forced off</source>
        <translation>Detenida: apagada a la fuerza</translation>
    </message>
    <message>
        <source>Stopped: it crashed</source>
        <translation>Detenida: el invitado falló</translation>
    </message>
    <message>
        <source>Stopped: moved to another host</source>
        <translation>Detenida: pasó a otro host</translation>
    </message>
    <message>
        <source>Stopped: state saved</source>
        <translation>Detenida: estado guardado</translation>
    </message>
    <message>
        <source>Stopped: the hypervisor failed</source>
        <translation>Detenida: el hipervisor falló</translation>
    </message>
    <message>
        <source>Stopped to go back to a snapshot</source>
        <translation>Detenida para volver a una instantánea</translation>
    </message>
    <message>
        <source>Shut down from inside</source>
        <translation>Apagada desde dentro</translation>
    </message>
    <message>
        <source>Shut down from outside</source>
        <translation>Apagada desde fuera</translation>
    </message>
    <message>
        <source>Asleep, memory on disk</source>
        <translation>Dormida, memoria en disco</translation>
    </message>
    <message>
        <source>Over: {what}</source>
        <translation>Terminó: {what}</translation>
    </message>
</context>
<context>
    <name>ExactField</name>
    <message>
        <source>A whole number is needed here.</source>
        <translation>Aquí hace falta un número entero.</translation>
    </message>
    <message>
        <source>A number is needed here, with one of these units or none: {units}.</source>
        <translation>Aquí hace falta un número, con una de estas unidades o sin ninguna: {units}.</translation>
    </message>
</context>
<context>
    <name>FactList</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>It is longer than {count} characters.</source>
        <translation>Tiene más de {count} caracteres.</translation>
    </message>
</context>
<context>
    <name>FileControl</name>
    <message>
        <source>Clear the path</source>
        <translation>Borrar la ruta</translation>
    </message>
    <message>
        <source>B&amp;rowse…</source>
        <translation>E&amp;xaminar…</translation>
    </message>
    <message>
        <source>&amp;Volumes…</source>
        <translation>&amp;Volúmenes…</translation>
    </message>
    <message>
        <source>Choose a file of this computer</source>
        <translation>Elige un archivo de este equipo</translation>
    </message>
    <message>
        <source>Choose a volume in a storage pool of {host}</source>
        <translation>Elige un volumen de un grupo de almacenamiento de {host}</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>FileNotes</name>
    <message>
        <source>Copy it into a storage pool</source>
        <translation>Copiarlo a un grupo de almacenamiento</translation>
    </message>
    <message>
        <source>A disk of {size} ({format}).</source>
        <translation>Un disco de {size} ({format}).</translation>
    </message>
    <message>
        <source>The disk image you choose as the source will be the machine&apos;s disk.</source>
        <translation>La imagen de disco que elijas como origen será el disco de la máquina.</translation>
    </message>
    <message>
        <source>{file} is copied to storage pool “{pool}”; the copy is the machine&apos;s disk.</source>
        <translation>{file} se copia al grupo de almacenamiento «{pool}»; la copia es el disco de la máquina.</translation>
    </message>
    <message>
        <source>Use the file itself</source>
        <translation>Usar el propio archivo</translation>
    </message>
    <message>
        <source>{path} is the machine&apos;s disk. It is used where it lies and will be written to.</source>
        <translation>{path} es el disco de la máquina. Se usa donde está y se escribirá en él.</translation>
    </message>
    <message>
        <source>Use a copy</source>
        <translation>Usar una copia</translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation>Mirando el archivo…</translation>
    </message>
    <message>
        <source>The file looks right.</source>
        <translation>El archivo parece correcto.</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>Elegir otro…</translation>
    </message>
    <message>
        <source>Choose the system…</source>
        <translation>Elegir el sistema…</translation>
    </message>
    <message>
        <source>You chose: {name}</source>
        <translation>Elegiste: {name}</translation>
    </message>
    <message>
        <source>The file can be used; the system in it was not recognised.</source>
        <translation>El archivo se puede usar; no se reconoció el sistema que contiene.</translation>
    </message>
</context>
<context>
    <name>FilesBanner</name>
    <message>
        <source>Use the copy</source>
        <translation>Usar la copia</translation>
    </message>
    <message>
        <source>Start with an empty list</source>
        <translation>Empezar con una lista vacía</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>{count} of {all} virtual machines</source>
        <translation>{count} de {all} máquinas virtuales</translation>
    </message>
    <message>
        <source>Filter by name, state or host</source>
        <translation>Filtrar por nombre, estado o host</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>All words must be found: in the name, state, host, tags, system, address or note.</source>
        <translation>Deben aparecer todas las palabras: en el nombre, estado, host, etiquetas, sistema, dirección o nota.</translation>
    </message>
    <message>
        <source>Or in one of them:</source>
        <translation>O en uno de ellos:</translation>
    </message>
    <message>
        <source>-tag:test leaves out, web|db is either, &quot;two words&quot; a phrase.</source>
        <translation>-tag:test excluye, web|db es uno u otro, &quot;dos palabras&quot; una frase.</translation>
    </message>
    <message>
        <source>Filter the inventory</source>
        <translation>Filtrar el inventario</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Borrar el filtro</translation>
    </message>
    <message>
        <source>Grouping, order and saved views</source>
        <translation>Agrupación, orden y vistas guardadas</translation>
    </message>
    <message>
        <source>“{word}:” is none of name, state, host, tag, folder, os, ip, mac, note: searched as text.</source>
        <translation>«{word}:» no es name, state, host, tag, folder, os, ip, mac ni note: se busca como texto.</translation>
    </message>
    <message>
        <source>No state is called “{word}”: searched as text.</source>
        <translation>Ningún estado se llama «{word}»: se busca como texto.</translation>
    </message>
    <message>
        <source>What is to be found after “{word}:”?</source>
        <translation>¿Qué hay que buscar tras «{word}:»?</translation>
    </message>
    <message>
        <source>The closing quotation mark is missing.</source>
        <translation>Faltan las comillas de cierre.</translation>
    </message>
    <message>
        <source>The filter is too long: its end is not used.</source>
        <translation>El filtro es demasiado largo: su final no se usa.</translation>
    </message>
    <message>
        <source>All hosts</source>
        <translation>Todos los hosts</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Buscar en el registro</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Borrar la búsqueda</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Periodo</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Todos los tipos</translation>
    </message>
    <message>
        <source>All results</source>
        <translation>Todos los resultados</translation>
    </message>
    <message>
        <source>Failed or a problem</source>
        <translation>Fallo o problema</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Cualquier momento</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Última hora</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Últimas 24 horas</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Últimos 7 días</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Últimos 30 días</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Desde … hasta …</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>to</source>
        <translation>hasta</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Hasta</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the text</source>
        <translation>Buscar en el texto</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Previous place (Shift+F3)</source>
        <translation>Lugar anterior (Mayús+F3)</translation>
    </message>
    <message>
        <source>Next place (F3)</source>
        <translation>Lugar siguiente (F3)</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>Cerrar la búsqueda (Esc)</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>No se encuentra</translation>
    </message>
    <message>
        <source>{at} of {all}</source>
        <translation>{at} de {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n encontrado</numerusform>
            <numerusform>%n encontrados</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>This computer</source>
        <translation>Este equipo</translation>
    </message>
</context>
<context>
    <name>Fleet</name>
    <message>
        <source>{count} with problems</source>
        <translation>{count} con problemas</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>{running} running of {all}</source>
        <translation>{running} en marcha de {all}</translation>
    </message>
    <message>
        <source>Never heard</source>
        <translation>Sin noticias</translation>
    </message>
    <message>
        <source>Heard {age}</source>
        <translation>Última noticia: {age}</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>{used} of {total}</source>
        <translation>{used} de {total}</translation>
    </message>
    <message>
        <source>no answer for {duration}</source>
        <translation>sin respuesta desde hace {duration}</translation>
    </message>
    <message>
        <source>full, {free} left</source>
        <translation>lleno, quedan {free}</translation>
    </message>
    <message>
        <source>{free} left</source>
        <translation>quedan {free}</translation>
    </message>
    <message>
        <source>never heard</source>
        <translation>sin noticias</translation>
    </message>
    <message>
        <source>lost, heard {age}</source>
        <translation>perdido, última noticia {age}</translation>
    </message>
    <message>
        <source>paused: disk error</source>
        <translation>en pausa: error de disco</translation>
    </message>
    <message>
        <source>paused: watchdog</source>
        <translation>en pausa: vigilante</translation>
    </message>
    <message>
        <source>paused: move failed</source>
        <translation>en pausa: traslado fallido</translation>
    </message>
    <message>
        <source>paused: crashed</source>
        <translation>en pausa: el invitado falló</translation>
    </message>
    <message>
        <source>Show all hosts</source>
        <translation>Mostrar todos los hosts</translation>
    </message>
</context>
<context>
    <name>FleetDashboard</name>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Requiere atención</translation>
    </message>
    <message>
        <source>Most processor</source>
        <translation>Más procesador</translation>
    </message>
    <message>
        <source>Most memory</source>
        <translation>Más memoria</translation>
    </message>
    <message>
        <source>Nothing: all is well.</source>
        <translation>Nada: todo va bien.</translation>
    </message>
    <message>
        <source>No virtual machine is busy.</source>
        <translation>Ninguna máquina virtual está ocupada.</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>Aún no se mide nada.</translation>
    </message>
    <message>
        <source>All storage pools have room.</source>
        <translation>Todos los grupos de almacenamiento tienen espacio.</translation>
    </message>
    <message>
        <source>No storage pool was read yet.</source>
        <translation>Aún no se ha leído ningún grupo de almacenamiento.</translation>
    </message>
    <message>
        <source>Storage in trouble</source>
        <translation>Almacenamiento con problemas</translation>
    </message>
    <message>
        <source>Storage running out</source>
        <translation>Almacenamiento casi lleno</translation>
    </message>
    <message>
        <source>{measured} of {running} running machines are measured.</source>
        <translation>Se miden {measured} de {running} máquinas en marcha.</translation>
    </message>
    <message>
        <source>Measured within the last {duration}.</source>
        <translation>Medido en los últimos {duration}.</translation>
    </message>
    <message>
        <source>Show host</source>
        <translation>Mostrar host</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Desconectar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
</context>
<context>
    <name>FleetHead</name>
    <message numerus="yes">
        <source>{connected} of %n host(s) connected</source>
        <translation>
            <numerusform>{connected} de %n host conectado</numerusform>
            <numerusform>{connected} de %n hosts conectados</numerusform>
        </translation>
    </message>
    <message>
        <source>{running} running of {all}</source>
        <translation>{running} en marcha de {all}</translation>
    </message>
    <message>
        <source>All hosts</source>
        <translation>Todos los hosts</translation>
    </message>
    <message>
        <source>Retry unreachable hosts</source>
        <translation>Reintentar hosts inaccesibles</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>More settings</source>
        <translation>Más ajustes</translation>
    </message>
    <message>
        <source>{field} of {thing}</source>
        <translation>{field} de {thing}</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Revertir</translation>
    </message>
    <message>
        <source>Make it so now</source>
        <translation>Aplicarlo ya</translation>
    </message>
    <message>
        <source>Line {number}, “{text}”: {why}</source>
        <translation>Línea {number}, «{text}»: {why}</translation>
    </message>
    <message>
        <source>A whole number is needed here, or nothing.</source>
        <translation>Aquí hace falta un número entero, o nada.</translation>
    </message>
    <message>
        <source>A whole number from {least} to {most} is needed here, or nothing.</source>
        <translation>Aquí hace falta un número entero de {least} a {most}, o nada.</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Subir</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Bajar</translation>
    </message>
    <message>
        <source>Move “{thing}”: Alt+Up, Alt+Down</source>
        <translation>Mover «{thing}»: Alt+Arriba, Alt+Abajo</translation>
    </message>
    <message>
        <source>{thing}, {place} of {count}, chosen</source>
        <translation>{thing}, {place} de {count}, elegido</translation>
    </message>
    <message>
        <source>{thing}, not chosen</source>
        <translation>{thing}, no elegido</translation>
    </message>
    <message>
        <source>{button}: {field}</source>
        <translation>{button}: {field}</translation>
    </message>
    <message>
        <source>“{text}” is none of the list. Type a part of a name and choose one.</source>
        <translation>«{text}» no está en la lista. Escribe parte de un nombre y elige uno.</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Sin cambios</translation>
    </message>
    <message>
        <source>No password</source>
        <translation>Sin contraseña</translation>
    </message>
    <message>
        <source>Leave it unchanged</source>
        <translation>Dejarla sin cambios</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>{n} d</source>
        <comment>days</comment>
        <translation>{n} d</translation>
    </message>
    <message>
        <source>{n} h</source>
        <comment>hours</comment>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} min</source>
        <comment>minutes</comment>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} s</source>
        <comment>seconds</comment>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nunca</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>ahora mismo</translation>
    </message>
    <message>
        <source>{duration} ago</source>
        <translation>hace {duration}</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} y {last}</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>bytes</translation>
    </message>
</context>
<context>
    <name>Graph</name>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
</context>
<context>
    <name>Hardware</name>
    <message>
        <source>This is used with a kernel only. Say which one, or leave this empty.</source>
        <translation>Esto solo se usa con un kernel. Di cuál, o deja esto vacío.</translation>
    </message>
    <message>
        <source>It has no device {id} that it could start from.</source>
        <translation>No tiene ningún dispositivo {id} desde el que pueda arrancar.</translation>
    </message>
    <message>
        <source>Choose at least one device that it starts from.</source>
        <translation>Elige al menos un dispositivo desde el que arranque.</translation>
    </message>
    <message>
        <source>It starts the kernel that it is given: the order has no effect.</source>
        <translation>Arranca el kernel que se le da: el orden no tiene efecto.</translation>
    </message>
    <message>
        <source>Start order</source>
        <translation>Orden de arranque</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Arrancar desde</translation>
    </message>
    <message>
        <source>It tries the ticked ones from top to bottom until one has a system.</source>
        <translation>Prueba los marcados de arriba abajo hasta que uno tiene un sistema.</translation>
    </message>
    <message>
        <source>Menu to choose from while it starts</source>
        <translation>Menú de arranque</translation>
    </message>
    <message>
        <source>The default</source>
        <translation>Predeterminado</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Visible</translation>
    </message>
    <message>
        <source>Not shown</source>
        <translation>Oculto</translation>
    </message>
    <message>
        <source>How long the menu waits</source>
        <translation>Espera del menú</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Look again when nothing was found, after</source>
        <translation>Si no hay nada, reintentar tras</translation>
    </message>
    <message>
        <source>The default: never</source>
        <translation>Predeterminado: nunca</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>None: it starts as above</source>
        <translation>Ninguno: arranca como se indica arriba</translation>
    </message>
    <message>
        <source>Path of a kernel on the host that is started at once</source>
        <translation>Ruta de un kernel en el host que se arranca directamente</translation>
    </message>
    <message>
        <source>Initial RAM disk</source>
        <translation>Disco RAM inicial</translation>
    </message>
    <message>
        <source>Kernel arguments</source>
        <translation>Argumentos del kernel</translation>
    </message>
    <message>
        <source>Guest agent</source>
        <translation>Agente de invitado</translation>
    </message>
    <message>
        <source>Addresses, clean shutdown, snapshots at rest: qemu-guest-agent in the guest</source>
        <translation>Direcciones, apagado limpio, instantáneas en reposo: qemu-guest-agent en el invitado</translation>
    </message>
    <message>
        <source>SPICE agent</source>
        <translation>Agente SPICE</translation>
    </message>
    <message>
        <source>Clipboard and screen size with SPICE: spice-vdagent in the guest</source>
        <translation>Portapapeles y tamaño de pantalla con SPICE: spice-vdagent en el invitado</translation>
    </message>
    <message>
        <source>Clipboard without SPICE</source>
        <translation>Portapapeles sin SPICE</translation>
    </message>
    <message>
        <source>With VNC: spice-vdagent in the guest</source>
        <translation>Con VNC: spice-vdagent en el invitado</translation>
    </message>
    <message>
        <source>Another program</source>
        <translation>Otro programa</translation>
    </message>
    <message>
        <source>The virtual machine has no SPICE display: add one first.</source>
        <translation>La máquina virtual no tiene pantalla SPICE: añade una primero.</translation>
    </message>
    <message>
        <source>Say which name the program opens.</source>
        <translation>Di qué nombre abre el programa.</translation>
    </message>
    <message>
        <source>The virtual machine has a channel of this name already.</source>
        <translation>La máquina virtual ya tiene un canal con este nombre.</translation>
    </message>
    <message>
        <source>Connected: a program in the guest answers.</source>
        <translation>Conectado: un programa del invitado responde.</translation>
    </message>
    <message>
        <source>Disconnected: qemu-guest-agent does not run in the guest.</source>
        <translation>Desconectado: qemu-guest-agent no está en marcha en el invitado.</translation>
    </message>
    <message>
        <source>Disconnected: no program in the guest answers.</source>
        <translation>Desconectado: ningún programa del invitado responde.</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Canal</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Uso</translation>
    </message>
    <message>
        <source>Share the clipboard</source>
        <translation>Compartir el portapapeles</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>PCIe ports, for devices added later</source>
        <translation>Puertos PCIe, para dispositivos que se añadan después</translation>
    </message>
    <message>
        <source>VirtIO serial (channels and consoles)</source>
        <translation>Serie VirtIO (canales y consolas)</translation>
    </message>
    <message>
        <source>USB 3 (qemu-xhci)</source>
        <translation>USB 3 (qemu-xhci)</translation>
    </message>
    <message>
        <source>USB 3 (nec-xhci)</source>
        <translation>USB 3 (nec-xhci)</translation>
    </message>
    <message>
        <source>USB 2 (ehci)</source>
        <translation>USB 2 (ehci)</translation>
    </message>
    <message>
        <source>USB 1.1 (piix3-uhci)</source>
        <translation>USB 1.1 (piix3-uhci)</translation>
    </message>
    <message>
        <source>USB 1.1 (pci-ohci)</source>
        <translation>USB 1.1 (pci-ohci)</translation>
    </message>
    <message>
        <source>VirtIO SCSI (fastest)</source>
        <translation>VirtIO SCSI (la más rápida)</translation>
    </message>
    <message>
        <source>LSI Logic 53C895A</source>
        <translation>LSI Logic 53C895A</translation>
    </message>
    <message>
        <source>LSI SAS 1068</source>
        <translation>LSI SAS 1068</translation>
    </message>
    <message>
        <source>LSI SAS 1078</source>
        <translation>LSI SAS 1078</translation>
    </message>
    <message>
        <source>The usual one</source>
        <translation>El habitual</translation>
    </message>
    <message>
        <source>This machine&apos;s board has no PCIe.</source>
        <translation>La placa de esta máquina no tiene PCIe.</translation>
    </message>
    <message>
        <source>No controller of this kind has this model.</source>
        <translation>Ninguna controladora de este tipo tiene este modelo.</translation>
    </message>
    <message>
        <source>Only USB 3 has a number of ports.</source>
        <translation>Solo USB 3 tiene un número de puertos.</translation>
    </message>
    <message>
        <source>At most {count} ports.</source>
        <translation>Como máximo {count} puertos.</translation>
    </message>
    <message>
        <source>Only VirtIO SCSI has queues.</source>
        <translation>Solo VirtIO SCSI tiene colas.</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Cantidad</translation>
    </message>
    <message>
        <source>Controller</source>
        <translation>Controladora</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Puertos</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Predeterminado</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Colas</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Write back</source>
        <translation>Escritura diferida</translation>
    </message>
    <message>
        <source>Write through</source>
        <translation>Escritura inmediata</translation>
    </message>
    <message>
        <source>Every write waits for the disk.</source>
        <translation>Cada escritura espera al disco.</translation>
    </message>
    <message>
        <source>Direct sync</source>
        <translation>Sincronización directa</translation>
    </message>
    <message>
        <source>The host&apos;s memory caches nothing: reads and writes go to its disk.</source>
        <translation>La memoria del host no guarda nada: se lee y se escribe en su disco.</translation>
    </message>
    <message>
        <source>No cache, and every write waits until it is on the disk.</source>
        <translation>Sin caché, y cada escritura espera a estar en el disco.</translation>
    </message>
    <message>
        <source>Unsafe</source>
        <translation>Inseguro</translation>
    </message>
    <message>
        <source>Nothing waits, whatever the machine asks for.</source>
        <translation>Nada espera, pida lo que pida la máquina.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Hilos</translation>
    </message>
    <message>
        <source>Native</source>
        <translation>Nativo</translation>
    </message>
    <message>
        <source>Pass on: frees space on the host</source>
        <translation>Transmitir: libera espacio en el host</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorar</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desactivado</translation>
    </message>
    <message>
        <source>Write them briefly</source>
        <translation>Escribirlos de forma compacta</translation>
    </message>
    <message>
        <source>Free the space</source>
        <translation>Liberar el espacio</translation>
    </message>
    <message>
        <source>Pause the machine</source>
        <translation>Pausar la máquina</translation>
    </message>
    <message>
        <source>Tell the machine</source>
        <translation>Avisar a la máquina</translation>
    </message>
    <message>
        <source>Pause when the host&apos;s disk is full, else tell the machine</source>
        <translation>Pausar si el disco del host está lleno; si no, avisar a la máquina</translation>
    </message>
    <message>
        <source>Ignore them</source>
        <translation>Ignorarlos</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disco</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Solo lectura</translation>
    </message>
    <message>
        <source>Other machines may use it at the same time</source>
        <translation>Otras máquinas pueden usarlo a la vez</translation>
    </message>
    <message>
        <source>The machine may take it out</source>
        <translation>La máquina puede extraerlo</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Número de serie</translation>
    </message>
    <message>
        <source>Cache mode</source>
        <translation>Modo de caché</translation>
    </message>
    <message>
        <source>I/O mode</source>
        <translation>Modo de E/S</translation>
    </message>
    <message>
        <source>What the machine discards</source>
        <translation>Lo que la máquina descarta</translation>
    </message>
    <message>
        <source>Zeros that it writes</source>
        <translation>Ceros que escribe</translation>
    </message>
    <message>
        <source>On errors</source>
        <translation>Si hay errores</translation>
    </message>
    <message>
        <source>VirtIO (fastest)</source>
        <translation>VirtIO (el más rápido)</translation>
    </message>
    <message>
        <source>Floppy controller</source>
        <translation>Controladora de disquetes</translation>
    </message>
    <message>
        <source>This machine&apos;s hypervisor has no such disks.</source>
        <translation>El hipervisor de esta máquina no tiene discos así.</translation>
    </message>
    <message>
        <source>Nothing more fits on this bus. Choose another, or remove a disk from it.</source>
        <translation>En este bus no cabe nada más. Elige otro o quita un disco de él.</translation>
    </message>
    <message>
        <source>Windows sees this disk only when it has the VirtIO driver, which it does not bring along.</source>
        <translation>Windows solo ve este disco si tiene el controlador VirtIO, que no trae de serie.</translation>
    </message>
    <message>
        <source>Windows does not start from this disk unless it has the VirtIO driver, which it does not bring along. Install the driver first, or keep the bus.</source>
        <translation>Windows no arranca desde este disco si no tiene el controlador VirtIO, que no trae de serie. Instala antes el controlador o conserva el bus.</translation>
    </message>
    <message>
        <source>Say which volume of which pool.</source>
        <translation>Di qué volumen y de qué grupo.</translation>
    </message>
    <message>
        <source>Choose the disk.</source>
        <translation>Elige el disco.</translation>
    </message>
    <message>
        <source>Type the whole path on the host: it begins with /.</source>
        <translation>Escribe la ruta completa en el host: empieza por /.</translation>
    </message>
    <message>
        <source>This machine has it already, as {disk}.</source>
        <translation>Esta máquina ya lo tiene, como {disk}.</translation>
    </message>
    <message>
        <source>What is in the file is {seen}. As {chosen} the machine sees something else in it.</source>
        <translation>Lo que hay en el archivo es {seen}. Como {chosen}, la máquina ve otra cosa en él.</translation>
    </message>
    <message>
        <source>A disk of {machine} is based on it: a change here destroys that disk.</source>
        <translation>Un disco de {machine} se basa en él: un cambio aquí destruye ese disco.</translation>
    </message>
    <message>
        <source>It is based on a disk of {machine}.</source>
        <translation>Se basa en un disco de {machine}.</translation>
    </message>
    <message>
        <source>{machine} has it, too.</source>
        <translation>{machine} también lo tiene.</translation>
    </message>
    <message>
        <source>{machine} is running with it: two machines that write to one disk destroy it. Shut that one down, or mark the disk as shareable in both, where the systems in them can share it.</source>
        <translation>{machine} está en marcha con él: dos máquinas que escriben en un mismo disco lo destruyen. Apaga esa, o marca el disco como compartido en ambas si sus sistemas pueden compartirlo.</translation>
    </message>
    <message>
        <source>{machine} has it, too: never start both at once.</source>
        <translation>{machine} también lo tiene: nunca inicies las dos a la vez.</translation>
    </message>
    <message>
        <source>Choose the protocol.</source>
        <translation>Elige el protocolo.</translation>
    </message>
    <message>
        <source>Type the server&apos;s name or address.</source>
        <translation>Escribe el nombre o la dirección del servidor.</translation>
    </message>
    <message>
        <source>A user and a secret go together: type both, or none of them.</source>
        <translation>Usuario y secreto van juntos: escribe los dos o ninguno.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Un puerto es un número de 1 a 65535.</translation>
    </message>
    <message>
        <source>Type the path on the server.</source>
        <translation>Escribe la ruta en el servidor.</translation>
    </message>
    <message>
        <source>Type the target&apos;s name and the unit: iqn.2024-01.com.example:disk/1</source>
        <translation>Escribe el nombre del destino y la unidad: iqn.2024-01.com.example:disk/1</translation>
    </message>
    <message>
        <source>Type the pool and the image: POOL/IMAGE</source>
        <translation>Escribe el grupo y la imagen: GRUPO/IMAGEN</translation>
    </message>
    <message>
        <source>Type the volume and the file: VOLUME/FILE</source>
        <translation>Escribe el volumen y el archivo: VOLUMEN/ARCHIVO</translation>
    </message>
    <message>
        <source>Native needs a cache mode of None or Direct sync.</source>
        <translation>«Nativo» necesita el modo de caché «Ninguno» o «Sincronización directa».</translation>
    </message>
    <message>
        <source>When the host fails, what the machine wrote last is lost, and the disk may be broken.</source>
        <translation>Si el host falla, se pierde lo último que escribió la máquina y el disco puede quedar dañado.</translation>
    </message>
    <message>
        <source>Only raw disks can be shared: in other formats two writers destroy them.</source>
        <translation>Solo se pueden compartir discos «raw»: en otros formatos, dos que escriben los destruyen.</translation>
    </message>
    <message>
        <source>Choose the cache mode None: else another machine does not see what this one wrote.</source>
        <translation>Elige el modo de caché «Ninguno»: si no, otra máquina no ve lo que ha escrito esta.</translation>
    </message>
    <message>
        <source>Zeros free space only where discarding is passed on, too.</source>
        <translation>Los ceros solo liberan espacio si también se transmite lo que se descarta.</translation>
    </message>
    <message>
        <source>{bus} disks cannot be read-only: choose another bus.</source>
        <translation>Los discos {bus} no pueden ser de solo lectura: elige otro bus.</translation>
    </message>
    <message>
        <source>With this host&apos;s libvirt only USB disks can be taken out.</source>
        <translation>Con el libvirt de este host solo se pueden extraer los discos USB.</translation>
    </message>
    <message>
        <source>Only letters, digits, spaces and _ . + - can be in a serial number.</source>
        <translation>Letras, cifras, espacios y _ . + - son lo único que puede haber en un número de serie.</translation>
    </message>
    <message>
        <source>Machines see the first {count} characters only.</source>
        <translation>Las máquinas solo ven los primeros {count} caracteres.</translation>
    </message>
    <message>
        <source>New volume</source>
        <translation>Volumen nuevo</translation>
    </message>
    <message>
        <source>Existing file or volume</source>
        <translation>Archivo o volumen existente</translation>
    </message>
    <message>
        <source>Device of the host</source>
        <translation>Dispositivo del host</translation>
    </message>
    <message>
        <source>Network storage</source>
        <translation>Almacenamiento en red</translation>
    </message>
    <message>
        <source>Volume of a storage pool</source>
        <translation>Volumen de un grupo de almacenamiento</translation>
    </message>
    <message>
        <source>NBD</source>
        <translation>NBD</translation>
    </message>
    <message>
        <source>iSCSI</source>
        <translation>iSCSI</translation>
    </message>
    <message>
        <source>Ceph RBD</source>
        <translation>Ceph RBD</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>HTTPS</source>
        <translation>HTTPS</translation>
    </message>
    <message>
        <source>SSH</source>
        <translation>SSH</translation>
    </message>
    <message>
        <source>NFS</source>
        <translation>NFS</translation>
    </message>
    <message>
        <source>Gluster</source>
        <translation>Gluster</translation>
    </message>
    <message>
        <source>This host has no storage pool that a disk can be made in.</source>
        <translation>Este host no tiene ningún grupo de almacenamiento en el que se pueda crear un disco.</translation>
    </message>
    <message>
        <source>Found by looking into it; qcow2 for a new file</source>
        <translation>Se averigua al mirar el archivo; qcow2 si es nuevo</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Ruta</translation>
    </message>
    <message>
        <source>on the host</source>
        <translation>en el host</translation>
    </message>
    <message>
        <source>Choose the disk</source>
        <translation>Elige el disco</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>Storage pool</source>
        <translation>Grupo de almacenamiento</translation>
    </message>
    <message>
        <source>Name of the volume</source>
        <translation>Nombre del volumen</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocolo</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Servidor</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Puerto</translation>
    </message>
    <message>
        <source>default</source>
        <translation>predeterminado</translation>
    </message>
    <message>
        <source>Name there</source>
        <translation>Nombre en el servidor</translation>
    </message>
    <message>
        <source>User there</source>
        <translation>Usuario en el servidor</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Secreto</translation>
    </message>
    <message>
        <source>name or UUID of a secret that libvirt keeps</source>
        <translation>nombre o UUID de un secreto que guarda libvirt</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>A machine has room for two floppy drives, and this one has them.</source>
        <translation>Una máquina tiene sitio para dos disqueteras, y esta ya las tiene.</translation>
    </message>
    <message>
        <source>A USB drive is never empty: choose what is in it, or another bus.</source>
        <translation>Una unidad USB nunca está vacía: elige lo que hay en ella, u otro bus.</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Medio</translation>
    </message>
    <message>
        <source>empty: nothing is in it</source>
        <translation>sin nada: la unidad está vacía</translation>
    </message>
    <message>
        <source>Choose the medium</source>
        <translation>Elige el medio</translation>
    </message>
    <message>
        <source>CD drive</source>
        <translation>Unidad de CD</translation>
    </message>
    <message>
        <source>Floppy drive</source>
        <translation>Disquetera</translation>
    </message>
    <message>
        <source>None: what others change is seen at once</source>
        <translation>Ninguna: se ve al momento lo que cambian otros</translation>
    </message>
    <message>
        <source>Always: nobody else changes it</source>
        <translation>Siempre: nadie más la cambia</translation>
    </message>
    <message>
        <source>As the hypervisor&apos;s user</source>
        <translation>El usuario del hipervisor</translation>
    </message>
    <message>
        <source>Kept apart: owners and rights are noted beside the files</source>
        <translation>Aparte: dueños y permisos se anotan junto a los archivos</translation>
    </message>
    <message>
        <source>As the hypervisor&apos;s user, and what fails is passed over</source>
        <translation>El usuario del hipervisor, y lo que falla se pasa por alto</translation>
    </message>
    <message>
        <source>This host has no virtiofs. It comes with its package virtiofsd, and a newer QEMU.</source>
        <translation>Este host no tiene virtiofs. Viene con su paquete virtiofsd y un QEMU más nuevo.</translation>
    </message>
    <message>
        <source>This machine&apos;s hypervisor has no 9p.</source>
        <translation>El hipervisor de esta máquina no tiene 9p.</translation>
    </message>
    <message>
        <source>Choose the folder.</source>
        <translation>Elige la carpeta.</translation>
    </message>
    <message>
        <source>This host&apos;s libvirt cannot share a folder read-only by virtiofs: 9p can.</source>
        <translation>El libvirt de este host no puede compartir una carpeta en solo lectura con virtiofs: 9p sí puede.</translation>
    </message>
    <message>
        <source>This host&apos;s libvirt has virtiofs for machines of the system only: use 9p.</source>
        <translation>El libvirt de este host solo tiene virtiofs para las máquinas del sistema: usa 9p.</translation>
    </message>
    <message>
        <source>The machine does not start with virtiofs unless it has shared memory.</source>
        <translation>La máquina no se inicia con virtiofs si no tiene memoria compartida.</translation>
    </message>
    <message>
        <source>Type a name that the guest mounts it by.</source>
        <translation>Escribe un nombre con el que la monte el invitado.</translation>
    </message>
    <message>
        <source>Another folder of this machine is called {name}.</source>
        <translation>Otra carpeta de esta máquina se llama {name}.</translation>
    </message>
    <message>
        <source>The name has at most {count} letters.</source>
        <translation>El nombre tiene como máximo {count} letras.</translation>
    </message>
    <message>
        <source>In Windows: install WinFsp and the VirtIO drivers, start VirtIO-FS Service.</source>
        <translation>En Windows: instala WinFsp y los controladores VirtIO, e inicia VirtIO-FS Service.</translation>
    </message>
    <message>
        <source>Windows has no driver for 9p: use virtiofs.</source>
        <translation>Windows no tiene controlador para 9p: usa virtiofs.</translation>
    </message>
    <message>
        <source>In the guest: {command}</source>
        <translation>En el invitado: {command}</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>Carpeta compartida</translation>
    </message>
    <message>
        <source>Shared by</source>
        <translation>Compartida por</translation>
    </message>
    <message>
        <source>Folder of the host</source>
        <translation>Carpeta del host</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Elige la carpeta</translation>
    </message>
    <message>
        <source>Name in the guest</source>
        <translation>Nombre en el invitado</translation>
    </message>
    <message>
        <source>Give the machine shared memory (at the next start)</source>
        <translation>Dar memoria compartida a la máquina (en el próximo inicio)</translation>
    </message>
    <message>
        <source>Access as</source>
        <translation>Acceso como</translation>
    </message>
    <message>
        <source>Cache of the host</source>
        <translation>Caché del host</translation>
    </message>
    <message>
        <source>Extended attributes</source>
        <translation>Atributos extendidos</translation>
    </message>
    <message>
        <source>BIOS</source>
        <translation>BIOS</translation>
    </message>
    <message>
        <source>UEFI</source>
        <translation>UEFI</translation>
    </message>
    <message>
        <source>UEFI with secure boot</source>
        <translation>UEFI con arranque seguro</translation>
    </message>
    <message>
        <source>Such a machine has no BIOS.</source>
        <translation>Una máquina así no tiene BIOS.</translation>
    </message>
    <message>
        <source>The host has no UEFI for it. Install OVMF there.</source>
        <translation>El host no tiene UEFI para ella. Instala OVMF allí.</translation>
    </message>
    <message>
        <source>Secure boot needs a Q35 machine.</source>
        <translation>El arranque seguro necesita una máquina Q35.</translation>
    </message>
    <message>
        <source>The host has no UEFI with secure boot.</source>
        <translation>El host no tiene UEFI con arranque seguro.</translation>
    </message>
    <message>
        <source>Its devices sit on the buses of another board: as this one it would not start. Make a new machine.</source>
        <translation>Sus dispositivos están en los buses de otra placa: con esta no se iniciaría. Crea una máquina nueva.</translation>
    </message>
    <message>
        <source>{machine} (the newest)</source>
        <translation>{machine} (la más reciente)</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Linux and most systems expect it.</source>
        <translation>Es lo que esperan Linux y la mayoría de los sistemas.</translation>
    </message>
    <message>
        <source>The host’s local time</source>
        <translation>La hora local del host</translation>
    </message>
    <message>
        <source>Windows expects it.</source>
        <translation>Es lo que espera Windows.</translation>
    </message>
    <message>
        <source>It cannot become a {machine}: its devices sit on the buses of another board.</source>
        <translation>No se puede convertir en {machine}: sus dispositivos están en los buses de otra placa.</translation>
    </message>
    <message>
        <source>Its system finds a somewhat other board. Windows may want to be activated again.</source>
        <translation>Su sistema encuentra una placa algo distinta. Puede que Windows pida activarse de nuevo.</translation>
    </message>
    <message>
        <source>A system that was installed with {before} does not start with {after}, unless it is made for both.</source>
        <translation>Un sistema instalado con {before} no arranca con {after}, salvo que esté hecho para ambos.</translation>
    </message>
    <message>
        <source>A system that is not signed does not start with secure boot. The keys stay those that it has: turn it off, then choose “Start with new firmware variables” once.</source>
        <translation>Un sistema sin firmar no arranca con el arranque seguro. Las claves siguen siendo las que tiene: apágala y elige una vez «Iniciar con variables de firmware nuevas».</translation>
    </message>
    <message>
        <source>Firmware and chipset</source>
        <translation>Firmware y chipset</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>Machine type</source>
        <translation>Tipo de máquina</translation>
    </message>
    <message>
        <source>Clock at the start</source>
        <translation>Reloj al arrancar</translation>
    </message>
    <message>
        <source>Now {now}, after the next start {then}</source>
        <translation>Ahora {now}; tras el próximo inicio, {then}</translation>
    </message>
    <message>
        <source>{field} (another device now)</source>
        <translation>{field} (ahora otro dispositivo)</translation>
    </message>
    <message>
        <source>{field} (now {value})</source>
        <translation>{field} (ahora {value})</translation>
    </message>
    <message>
        <source>VNC</source>
        <translation>VNC</translation>
    </message>
    <message>
        <source>SPICE</source>
        <translation>SPICE</translation>
    </message>
    <message>
        <source>This host only</source>
        <translation>Solo este host</translation>
    </message>
    <message>
        <source>This program reaches it through the host.</source>
        <translation>Este programa llega a ella a través del host.</translation>
    </message>
    <message>
        <source>All addresses of the host</source>
        <translation>Todas las direcciones del host</translation>
    </message>
    <message>
        <source>Other computers reach it over the network.</source>
        <translation>Otros equipos llegan a ella por la red.</translation>
    </message>
    <message>
        <source>One address of the host</source>
        <translation>Una dirección del host</translation>
    </message>
    <message>
        <source>No port at all</source>
        <translation>Ningún puerto</translation>
    </message>
    <message>
        <source>Only the host&apos;s libvirt hands the display out, to programs on the host itself.</source>
        <translation>Solo el libvirt del host entrega la pantalla, a programas del propio host.</translation>
    </message>
    <message>
        <source>As the host is set up (usually this host only)</source>
        <translation>Lo que tenga configurado el host (normalmente, solo este host)</translation>
    </message>
    <message>
        <source>A viewer may ask to be the only one</source>
        <translation>Un visor puede pedir ser el único</translation>
    </message>
    <message>
        <source>Any number of viewers at once</source>
        <translation>Cualquier número de visores a la vez</translation>
    </message>
    <message>
        <source>Any number of viewers, whatever they ask for</source>
        <translation>Cualquier número de visores, pidan lo que pidan</translation>
    </message>
    <message>
        <source>Automatic (GLZ)</source>
        <translation>Automática (GLZ)</translation>
    </message>
    <message>
        <source>Automatic (LZ)</source>
        <translation>Automática (LZ)</translation>
    </message>
    <message>
        <source>What moves like a film</source>
        <translation>Lo que se mueve como una película</translation>
    </message>
    <message>
        <source>Everything that moves</source>
        <translation>Todo lo que se mueve</translation>
    </message>
    <message>
        <source>The virtual machine has a display of each kind that its host offers.</source>
        <translation>La máquina virtual tiene una pantalla de cada tipo que ofrece su host.</translation>
    </message>
    <message>
        <source>A socket on the host</source>
        <translation>Un socket del host</translation>
    </message>
    <message>
        <source>As the viewer has it</source>
        <translation>La del visor</translation>
    </message>
    <message>
        <source>Its sound is heard nowhere then: it went to this display.</source>
        <translation>Entonces su sonido no se oye en ninguna parte: iba a esta pantalla.</translation>
    </message>
    <message>
        <source>Listens at</source>
        <translation>Escucha en</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Password valid until (UTC)</source>
        <translation>Contraseña válida hasta (UTC)</translation>
    </message>
    <message>
        <source>Keyboard layout</source>
        <translation>Distribución del teclado</translation>
    </message>
    <message>
        <source>Several viewers</source>
        <translation>Varios visores</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Portapapeles</translation>
    </message>
    <message>
        <source>Files dropped on the screen</source>
        <translation>Archivos soltados en la pantalla</translation>
    </message>
    <message>
        <source>Compression of pictures</source>
        <translation>Compresión de imágenes</translation>
    </message>
    <message>
        <source>Sent as video</source>
        <translation>Enviado como vídeo</translation>
    </message>
    <message>
        <source>OpenGL</source>
        <translation>OpenGL</translation>
    </message>
    <message>
        <source>Render node of the host</source>
        <translation>Nodo de renderizado del host</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Pantalla</translation>
    </message>
    <message>
        <source>A graphics card comes with it.</source>
        <translation>Con ella viene una tarjeta gráfica.</translation>
    </message>
    <message>
        <source>VNC has ports from {least} on.</source>
        <translation>VNC tiene puertos a partir de {least}.</translation>
    </message>
    <message>
        <source>OpenGL works for viewers on the host itself only, without a port.</source>
        <translation>OpenGL solo funciona para visores del propio host, sin puerto.</translation>
    </message>
    <message>
        <source>There is one of this kind: a virtual machine has one of each.</source>
        <translation>Ya hay una de este tipo: una máquina virtual tiene una de cada.</translation>
    </message>
    <message>
        <source>Channels or USB redirection of this virtual machine need SPICE: remove them first.</source>
        <translation>Canales o la redirección USB de esta máquina virtual necesitan SPICE: quítalos primero.</translation>
    </message>
    <message>
        <source>Type an address of the host.</source>
        <translation>Escribe una dirección del host.</translation>
    </message>
    <message>
        <source>“{text}” is no address.</source>
        <translation>«{text}» no es una dirección.</translation>
    </message>
    <message>
        <source>Whoever reaches the host over the network reaches this display: give it a password.</source>
        <translation>Quien llega al host por la red llega a esta pantalla: ponle una contraseña.</translation>
    </message>
    <message>
        <source>Without a password, whoever reaches the host over the network sees this screen and can type on it.</source>
        <translation>Sin contraseña, quien llega al host por la red ve esta pantalla y puede escribir en ella.</translation>
    </message>
    <message>
        <source>Whoever reaches the host over the network and knows the password sees this screen.</source>
        <translation>Quien llega al host por la red y sabe la contraseña ve esta pantalla.</translation>
    </message>
    <message>
        <source>VNC uses the first {most} characters of a password alone: make it that short.</source>
        <translation>VNC solo usa los primeros {most} caracteres de una contraseña: que no sea más larga.</translation>
    </message>
    <message>
        <source>Say the moment like this: {example}</source>
        <translation>Escribe el momento así: {example}</translation>
    </message>
    <message>
        <source>The password has run out: nobody can log in with it.</source>
        <translation>La contraseña ha caducado: nadie puede entrar con ella.</translation>
    </message>
    <message>
        <source>A terminal of the host (PTY)</source>
        <translation>Una terminal del host (PTY)</translation>
    </message>
    <message>
        <source>As consoles use it</source>
        <translation>Como la usan las consolas</translation>
    </message>
    <message>
        <source>A socket file of the host</source>
        <translation>Un archivo socket del host</translation>
    </message>
    <message>
        <source>A network port (TCP)</source>
        <translation>Un puerto de red (TCP)</translation>
    </message>
    <message>
        <source>A file of the host</source>
        <translation>Un archivo del host</translation>
    </message>
    <message>
        <source>Only written to</source>
        <translation>Solo se escribe en él</translation>
    </message>
    <message>
        <source>A device of the host</source>
        <translation>Un dispositivo del host</translation>
    </message>
    <message>
        <source>Nowhere</source>
        <translation>Ninguna parte</translation>
    </message>
    <message>
        <source>The viewer&apos;s computer (SPICE)</source>
        <translation>El equipo del visor (SPICE)</translation>
    </message>
    <message>
        <source>Waits for connections</source>
        <translation>Espera conexiones</translation>
    </message>
    <message>
        <source>Connects there</source>
        <translation>Se conecta allí</translation>
    </message>
    <message>
        <source>Unencrypted</source>
        <translation>Sin cifrar</translation>
    </message>
    <message>
        <source>Host&apos;s end</source>
        <translation>Extremo en el host</translation>
    </message>
    <message>
        <source>Telnet</source>
        <translation>Telnet</translation>
    </message>
    <message>
        <source>Path on the host</source>
        <translation>Ruta en el host</translation>
    </message>
    <message>
        <source>Keep what is in the file</source>
        <translation>Conservar lo que hay en el archivo</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Conexión</translation>
    </message>
    <message>
        <source>Also written to the file</source>
        <translation>Copia en el archivo</translation>
    </message>
    <message>
        <source>Say which path.</source>
        <translation>Di qué ruta.</translation>
    </message>
    <message>
        <source>A path on the host begins with a slash.</source>
        <translation>Una ruta en el host empieza por una barra (/).</translation>
    </message>
    <message>
        <source>Say which port.</source>
        <translation>Di qué puerto.</translation>
    </message>
    <message>
        <source>Say which address.</source>
        <translation>Di qué dirección.</translation>
    </message>
    <message>
        <source>Whoever reaches this address of the host reaches the line: no password guards it.</source>
        <translation>Quien llega a esta dirección del host llega a la línea: ninguna contraseña la protege.</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>Elige un dispositivo</translation>
    </message>
    <message>
        <source>The machine does not start without it</source>
        <translation>La máquina no se inicia sin él</translation>
    </message>
    <message>
        <source>The machine does not start without it, but is moved and restored without it</source>
        <translation>La máquina no se inicia sin él, pero se mueve y se restaura sin él</translation>
    </message>
    <message>
        <source>The machine starts without it</source>
        <translation>La máquina se inicia sin él</translation>
    </message>
    <message>
        <source>Whenever it asks</source>
        <translation>Siempre que lo pida</translation>
    </message>
    <message>
        <source>Only before the device is set up</source>
        <translation>Solo antes de que el dispositivo esté configurado</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nunca</translation>
    </message>
    <message>
        <source>This host&apos;s libvirt runs without the administrator&apos;s rights: the machine gets the device only if the user that libvirt runs as may open it.</source>
        <translation>El libvirt de este host funciona sin permisos de administrador: la máquina solo recibe el dispositivo si puede abrirlo el usuario con el que funciona libvirt.</translation>
    </message>
    <message>
        <source>This host gives machines of this type no devices of this kind.</source>
        <translation>Este host no da dispositivos de este tipo a máquinas como esta.</translation>
    </message>
    <message>
        <source>{device} (not there now)</source>
        <translation>{device} (ahora no está)</translation>
    </message>
    <message>
        <source>Choose a device.</source>
        <translation>Elige un dispositivo.</translation>
    </message>
    <message>
        <source>A USB device is named by maker and product, 0781:5591, or by bus and device, 1.5.</source>
        <translation>Un dispositivo USB se nombra por fabricante y producto, 0781:5591, o por bus y dispositivo, 1.5.</translation>
    </message>
    <message>
        <source>The virtual machine has this device already.</source>
        <translation>La máquina virtual ya tiene este dispositivo.</translation>
    </message>
    <message>
        <source>The host has several of these: the machine does not start before you choose one.</source>
        <translation>El host tiene varios así: la máquina no se inicia hasta que elijas uno.</translation>
    </message>
    <message>
        <source>The host does not have it now: the machine does not start before it is plugged in.</source>
        <translation>El host no lo tiene ahora: la máquina no se inicia hasta que se conecte.</translation>
    </message>
    <message>
        <source>Plugged in again, it is at another place: then choose it again.</source>
        <translation>Si se vuelve a conectar, está en otro lugar: entonces elígelo de nuevo.</translation>
    </message>
    <message>
        <source>A PCI device is named by its address, 0000:0a:00.0.</source>
        <translation>Un dispositivo PCI se nombra por su dirección, 0000:0a:00.0.</translation>
    </message>
    <message>
        <source>Then somebody has to take it from the host before the machine starts.</source>
        <translation>Entonces alguien tiene que quitárselo al host antes de que se inicie la máquina.</translation>
    </message>
    <message>
        <source>The host does not have it now: the machine does not start without it.</source>
        <translation>El host no lo tiene ahora: la máquina no se inicia sin él.</translation>
    </message>
    <message>
        <source>It leads to other devices of the host: no machine can have it.</source>
        <translation>Lleva a otros dispositivos del host: ninguna máquina puede tenerlo.</translation>
    </message>
    <message>
        <source>USB device of the host</source>
        <translation>Dispositivo USB del host</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>When it is not plugged in</source>
        <translation>Si no está conectado</translation>
    </message>
    <message>
        <source>The guest may reset it</source>
        <translation>Restablecimiento por el invitado</translation>
    </message>
    <message>
        <source>PCI device of the host</source>
        <translation>Dispositivo PCI del host</translation>
    </message>
    <message>
        <source>Take it from the host at the start and give it back after</source>
        <translation>Quitárselo al host al iniciar y devolvérselo después</translation>
    </message>
    <message>
        <source>The guest sees the card&apos;s own program (ROM)</source>
        <translation>El invitado ve el programa propio de la tarjeta (ROM)</translation>
    </message>
    <message>
        <source>Another program for the card</source>
        <translation>Otro programa para la tarjeta</translation>
    </message>
    <message>
        <source>Tablet</source>
        <translation>Tableta</translation>
    </message>
    <message>
        <source>A pointer that is where yours is</source>
        <translation>Un puntero que está donde está el tuyo</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Ratón</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Teclado</translation>
    </message>
    <message>
        <source>One of the host&apos;s</source>
        <translation>Uno del host</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>virtio</source>
        <translation>virtio</translation>
    </message>
    <message>
        <source>PS/2</source>
        <translation>PS/2</translation>
    </message>
    <message>
        <source>The host itself cannot use it meanwhile</source>
        <translation>Mientras tanto el host no puede usarlo</translation>
    </message>
    <message>
        <source>It comes with the machine type: it is neither added nor removed.</source>
        <translation>Viene con el tipo de máquina: no se añade ni se quita.</translation>
    </message>
    <message>
        <source>The machine has no USB controller.</source>
        <translation>La máquina no tiene controladora USB.</translation>
    </message>
    <message>
        <source>Machines of this type always have it.</source>
        <translation>Las máquinas de este tipo siempre lo tienen.</translation>
    </message>
    <message>
        <source>Machines of this type always have it: add another one instead.</source>
        <translation>Las máquinas de este tipo siempre lo tienen: añade otro en su lugar.</translation>
    </message>
    <message>
        <source>The machine&apos;s type has a PS/2 mouse and keyboard or not.</source>
        <translation>El tipo de máquina tiene ratón y teclado PS/2 o no.</translation>
    </message>
    <message>
        <source>Say which device.</source>
        <translation>Di qué dispositivo.</translation>
    </message>
    <message>
        <source>Input device</source>
        <translation>Dispositivo de entrada</translation>
    </message>
    <message>
        <source>virtio (fastest; the guest needs its driver)</source>
        <translation>virtio (la más rápida; el invitado necesita su controlador)</translation>
    </message>
    <message>
        <source>Intel e1000e (every current system knows it)</source>
        <translation>Intel e1000e (la conoce todo sistema actual)</translation>
    </message>
    <message>
        <source>Intel e1000 (older systems)</source>
        <translation>Intel e1000 (sistemas más antiguos)</translation>
    </message>
    <message>
        <source>Realtek RTL8139 (very old systems)</source>
        <translation>Realtek RTL8139 (sistemas muy antiguos)</translation>
    </message>
    <message>
        <source>VMware vmxnet3</source>
        <translation>VMware vmxnet3</translation>
    </message>
    <message>
        <source>Intel igb</source>
        <translation>Intel igb</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>Unplugged</source>
        <translation>Desconectado</translation>
    </message>
    <message>
        <source>The guest sees a card without a cable.</source>
        <translation>El invitado ve una tarjeta sin cable.</translation>
    </message>
    <message>
        <source>Bridge: virtual machines of this card reach each other</source>
        <translation>Puente: las máquinas virtuales de esta tarjeta llegan unas a otras</translation>
    </message>
    <message>
        <source>VEPA: all through the switch that the card is plugged into</source>
        <translation>VEPA: todo pasa por el conmutador al que está conectada la tarjeta</translation>
    </message>
    <message>
        <source>Private: virtual machines of this card do not reach each other</source>
        <translation>Privado: las máquinas virtuales de esta tarjeta no llegan unas a otras</translation>
    </message>
    <message>
        <source>Passthrough: the card is for this virtual machine alone</source>
        <translation>Acceso directo: la tarjeta es solo para esta máquina virtual</translation>
    </message>
    <message>
        <source>Linux bridge</source>
        <translation>Puente de Linux</translation>
    </message>
    <message>
        <source>Open vSwitch</source>
        <translation>Open vSwitch</translation>
    </message>
    <message>
        <source>This host&apos;s QEMU is too old: this card exists since QEMU 8.0.</source>
        <translation>El QEMU de este host es demasiado antiguo: esta tarjeta existe desde QEMU 8.0.</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>Tarjeta de red</translation>
    </message>
    <message>
        <source>Connected to</source>
        <translation>Conectada a</translation>
    </message>
    <message>
        <source>Name of the bridge</source>
        <translation>Nombre del puente</translation>
    </message>
    <message>
        <source>macvtap mode</source>
        <translation>Modo de macvtap</translation>
    </message>
    <message>
        <source>Kind of bridge</source>
        <translation>Tipo de puente</translation>
    </message>
    <message>
        <source>Forwarded ports</source>
        <translation>Puertos reenviados</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>Dirección MAC</translation>
    </message>
    <message>
        <source>Cable</source>
        <translation>Cable</translation>
    </message>
    <message>
        <source>Network filter</source>
        <translation>Filtro de red</translation>
    </message>
    <message>
        <source>VLAN tags</source>
        <translation>Etiquetas VLAN</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
    <message>
        <source>Largest packet (MTU)</source>
        <translation>Paquete más grande (MTU)</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>bytes</translation>
    </message>
    <message>
        <source>Keep apart from other virtual machines of the same bridge</source>
        <translation>Separar de otras máquinas virtuales del mismo puente</translation>
    </message>
    <message>
        <source>Without the host&apos;s system libvirt only bridges that its administrator allows work.</source>
        <translation>Sin el libvirt del sistema del host solo funcionan los puentes que permite su administrador.</translation>
    </message>
    <message>
        <source>“{text}” is nothing that a card can be connected to.</source>
        <translation>«{text}» no es nada a lo que se pueda conectar una tarjeta.</translation>
    </message>
    <message>
        <source>The host has no network “{name}”.</source>
        <translation>El host no tiene ninguna red «{name}».</translation>
    </message>
    <message>
        <source>The host does not name a bridge “{name}”: without it the virtual machine does not start.</source>
        <translation>El host no nombra ningún puente «{name}»: sin él, la máquina virtual no se inicia.</translation>
    </message>
    <message>
        <source>The network “{name}” is not running: start it before the virtual machine.</source>
        <translation>La red «{name}» no está en marcha: iníciala antes que la máquina virtual.</translation>
    </message>
    <message>
        <source>“{name}” is no name of a network device: at most 15 characters, no spaces, “/” or “:”.</source>
        <translation>«{name}» no es un nombre de dispositivo de red: como máximo 15 caracteres, sin espacios, «/» ni «:».</translation>
    </message>
    <message>
        <source>Type the name of a bridge of the host.</source>
        <translation>Escribe el nombre de un puente del host.</translation>
    </message>
    <message>
        <source>Give the card an address.</source>
        <translation>Pon una dirección a la tarjeta.</translation>
    </message>
    <message>
        <source>A MAC address is six pairs of hexadecimal digits: 52:54:00:12:34:56.</source>
        <translation>Una dirección MAC son seis pares de cifras hexadecimales: 52:54:00:12:34:56.</translation>
    </message>
    <message>
        <source>This address is one of a group (multicast): the second digit must be 0, 2, 4, 6, 8, a, c or e.</source>
        <translation>Esta dirección es de un grupo (multidifusión): la segunda cifra debe ser 0, 2, 4, 6, 8, a, c o e.</translation>
    </message>
    <message>
        <source>No card can have this address.</source>
        <translation>Ninguna tarjeta puede tener esta dirección.</translation>
    </message>
    <message>
        <source>Another card of this virtual machine has this address.</source>
        <translation>Otra tarjeta de esta máquina virtual tiene esta dirección.</translation>
    </message>
    <message>
        <source>“{name}” has this address, too: on one network they would disturb each other.</source>
        <translation>«{name}» también tiene esta dirección: en una misma red se estorbarían.</translation>
    </message>
    <message>
        <source>Addresses that begin with fe are the host&apos;s own end of a card: choose another.</source>
        <translation>Las direcciones que empiezan por fe son del extremo de la tarjeta en el host: elige otra.</translation>
    </message>
    <message>
        <source>The host has no network filter “{name}”.</source>
        <translation>El host no tiene ningún filtro de red «{name}».</translation>
    </message>
    <message>
        <source>Only Linux bridges keep their virtual machines apart.</source>
        <translation>Solo los puentes de Linux separan sus máquinas virtuales.</translation>
    </message>
    <message>
        <source>Before libvirt 11 only Open vSwitch bridges have VLANs: choose that kind of bridge, or no VLAN.</source>
        <translation>Antes de libvirt 11 solo los puentes Open vSwitch tienen VLAN: elige ese tipo de puente o ninguna VLAN.</translation>
    </message>
    <message>
        <source>The network “{name}” has no VLANs: the virtual machine would not start.</source>
        <translation>La red «{name}» no tiene VLAN: la máquina virtual no se iniciaría.</translation>
    </message>
    <message>
        <source>Ports without “127.0.0.1:” are open to the whole network of the host.</source>
        <translation>Los puertos sin «127.0.0.1:» están abiertos a toda la red del host.</translation>
    </message>
    <message>
        <source>“{text}” is no VLAN tag: say a number from 0 to {most}, or several with commas.</source>
        <translation>«{text}» no es una etiqueta VLAN: di un número de 0 a {most}, o varios con comas.</translation>
    </message>
    <message>
        <source>VLAN tag {tag} is there twice.</source>
        <translation>La etiqueta VLAN {tag} está dos veces.</translation>
    </message>
    <message>
        <source>“{text}”: a line above forwards the same port of the host.</source>
        <translation>«{text}»: una línea anterior reenvía el mismo puerto del host.</translation>
    </message>
    <message>
        <source>Say it like one of these: {one}, {other}</source>
        <translation>Escríbelo como uno de estos: {one}, {other}</translation>
    </message>
    <message>
        <source>{text} is no address.</source>
        <translation>{text} no es una dirección.</translation>
    </message>
    <message>
        <source>All ports (*) are forwarded to the same ports of the guest.</source>
        <translation>Todos los puertos (*) se reenvían a los mismos puertos del invitado.</translation>
    </message>
    <message>
        <source>Ports are numbers from 1 to {most}; of several, the smaller one stands first.</source>
        <translation>Los puertos son números de 1 a {most}; si son varios, el menor va primero.</translation>
    </message>
    <message>
        <source>The guest&apos;s ports are from 1 to {most}.</source>
        <translation>Los puertos del invitado van de 1 a {most}.</translation>
    </message>
    <message>
        <source>A network device of the host that another program looks after</source>
        <translation>Un dispositivo de red del host del que se ocupa otro programa</translation>
    </message>
    <message>
        <source>A network card of the host for itself</source>
        <translation>Una tarjeta de red del host para ella sola</translation>
    </message>
    <message>
        <source>A vDPA device of the host</source>
        <translation>Un dispositivo vDPA del host</translation>
    </message>
    <message>
        <source>A socket of another program (vhost-user)</source>
        <translation>Un socket de otro programa (vhost-user)</translation>
    </message>
    <message>
        <source>A multicast group</source>
        <translation>Un grupo de multidifusión</translation>
    </message>
    <message>
        <source>Another virtual machine, waiting for it (TCP)</source>
        <translation>Otra máquina virtual, a la que espera (TCP)</translation>
    </message>
    <message>
        <source>Another virtual machine (TCP)</source>
        <translation>Otra máquina virtual (TCP)</translation>
    </message>
    <message>
        <source>Another virtual machine (UDP)</source>
        <translation>Otra máquina virtual (UDP)</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>isolated</source>
        <translation>aislada</translation>
    </message>
    <message>
        <source>NAT</source>
        <translation>NAT</translation>
    </message>
    <message>
        <source>routed</source>
        <translation>enrutada</translation>
    </message>
    <message>
        <source>routed, no firewall</source>
        <translation>enrutada, sin cortafuegos</translation>
    </message>
    <message>
        <source>bridged</source>
        <translation>con puente</translation>
    </message>
    <message>
        <source>User mode (NAT by the hypervisor itself)</source>
        <translation>Modo de usuario (NAT del propio hipervisor)</translation>
    </message>
    <message>
        <source>User mode by passt (can forward ports)</source>
        <translation>Modo de usuario con passt (puede reenviar puertos)</translation>
    </message>
    <message>
        <source>Hypervisors have no card without a network: choose “Unplugged” for its cable.</source>
        <translation>Los hipervisores no tienen tarjetas sin red: elige «Desconectado» para su cable.</translation>
    </message>
    <message>
        <source>Network {name} ({kind})</source>
        <translation>Red {name} ({kind})</translation>
    </message>
    <message>
        <source>{network}, not running</source>
        <translation>{network}, detenida</translation>
    </message>
    <message>
        <source>The network must be started before the virtual machine.</source>
        <translation>La red tiene que iniciarse antes que la máquina virtual.</translation>
    </message>
    <message>
        <source>The virtual machine is on the same network as its host.</source>
        <translation>La máquina virtual está en la misma red que su host.</translation>
    </message>
    <message>
        <source>Bridge {name}</source>
        <translation>Puente {name}</translation>
    </message>
    <message>
        <source>Another bridge of the host</source>
        <translation>Otro puente del host</translation>
    </message>
    <message>
        <source>The virtual machine is on the network of this card. The host itself and the virtual machine do not reach each other by it.</source>
        <translation>La máquina virtual está en la red de esta tarjeta. Por ella, el propio host y la máquina virtual no llegan el uno a la otra.</translation>
    </message>
    <message>
        <source>Only the host&apos;s system libvirt can.</source>
        <translation>Solo puede el libvirt del sistema del host.</translation>
    </message>
    <message>
        <source>Network card {name} of the host (macvtap)</source>
        <translation>Tarjeta de red {name} del host (macvtap)</translation>
    </message>
    <message>
        <source>The virtual machine reaches out through its host, and nothing reaches it. Needs no rights.</source>
        <translation>La máquina virtual llega afuera a través de su host, y nada llega a ella. No necesita permisos.</translation>
    </message>
    <message>
        <source>This host&apos;s libvirt does not offer passt (it needs libvirt 11 and the program “passt”).</source>
        <translation>El libvirt de este host no ofrece passt (necesita libvirt 11 y el programa «passt»).</translation>
    </message>
    <message>
        <source>Like user mode, and faster. The program “passt” must be installed on the host.</source>
        <translation>Como el modo de usuario, y más rápido. El programa «passt» tiene que estar instalado en el host.</translation>
    </message>
    <message>
        <source>Network {name}</source>
        <translation>Red {name}</translation>
    </message>
    <message>
        <source>This host&apos;s hypervisor does not have it.</source>
        <translation>El hipervisor de este host no lo tiene.</translation>
    </message>
    <message>
        <source>The host’s own</source>
        <translation>El del host</translation>
    </message>
    <message>
        <source>Fastest. It moves while running only to hosts with the same processor.</source>
        <translation>El más rápido. En marcha solo se mueve a hosts con el mismo procesador.</translation>
    </message>
    <message>
        <source>Like the host’s</source>
        <translation>Como el del host</translation>
    </message>
    <message>
        <source>A known model close to the host’s, chosen at each start. It moves to similar hosts.</source>
        <translation>Un modelo conocido parecido al del host, elegido en cada inicio. Se mueve a hosts similares.</translation>
    </message>
    <message>
        <source>All that the hypervisor can do</source>
        <translation>Todo lo que puede el hipervisor</translation>
    </message>
    <message>
        <source>Every feature there is; where processors are emulated, that costs speed.</source>
        <translation>Todas las funciones que hay; donde se emulan procesadores, cuesta velocidad.</translation>
    </message>
    <message>
        <source>A certain model</source>
        <translation>Un modelo concreto</translation>
    </message>
    <message>
        <source>It moves to all hosts that can offer this model.</source>
        <translation>Se mueve a todos los hosts que puedan ofrecer este modelo.</translation>
    </message>
    <message>
        <source>Emulated</source>
        <translation>Emulado</translation>
    </message>
    <message>
        <source>This host cannot offer it to this machine.</source>
        <translation>Este host no puede ofrecérselo a esta máquina.</translation>
    </message>
    <message>
        <source>This host’s processor lacks something that it has.</source>
        <translation>Al procesador de este host le falta algo que tiene ese.</translation>
    </message>
    <message>
        <source>Write what is wished and a feature, for example “{example}”. Possible are: {words}.</source>
        <translation>Escribe lo que se quiere y una función, por ejemplo «{example}». Son posibles: {words}.</translation>
    </message>
    <message>
        <source>Choose a model.</source>
        <translation>Elige un modelo.</translation>
    </message>
    <message>
        <source>A model is used only where the processor is “a certain model” (custom).</source>
        <translation>Un modelo solo se usa si el procesador es «un modelo concreto» (custom).</translation>
    </message>
    <message>
        <source>Only the host’s own processor comes with the host’s own cache.</source>
        <translation>Solo el procesador del host trae la caché del host.</translation>
    </message>
    <message>
        <source>Choose a processor first.</source>
        <translation>Elige antes un procesador.</translation>
    </message>
    <message>
        <source>{numbers} (sockets, dies, cores, threads) are {product} vCPUs, but the machine can have up to {most}. Change these, or the maximum under Performance.</source>
        <translation>{numbers} (zócalos, dies, núcleos, hilos) son {product} vCPU, pero la máquina puede tener hasta {most}. Cambia estos números, o el máximo en Rendimiento.</translation>
    </message>
    <message>
        <source>{numbers} (sockets, dies, cores, threads): {product} vCPUs, as many as it can have.</source>
        <translation>{numbers} (zócalos, dies, núcleos, hilos): {product} vCPU, tantas como puede tener.</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>Processor that it sees</source>
        <translation>Procesador que ve</translation>
    </message>
    <message>
        <source>Sockets</source>
        <translation>Zócalos</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Núcleos</translation>
    </message>
    <message>
        <source>Threads of each core</source>
        <translation>Hilos de cada núcleo</translation>
    </message>
    <message>
        <source>Dies in each socket</source>
        <translation>Dies de cada zócalo</translation>
    </message>
    <message>
        <source>Features that it must or must not have</source>
        <translation>Funciones que debe o no debe tener</translation>
    </message>
    <message>
        <source>require vmx</source>
        <translation>require vmx</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Caché</translation>
    </message>
    <message>
        <source>The virtual machine has no USB controller: add one first.</source>
        <translation>La máquina virtual no tiene controladora USB: añade una primero.</translation>
    </message>
    <message>
        <source>This host gives machines of this type no USB redirection.</source>
        <translation>Este host no da redirección USB a máquinas de este tipo.</translation>
    </message>
    <message>
        <source>USB redirection</source>
        <translation>Redirección USB</translation>
    </message>
    <message>
        <source>The hypervisor itself</source>
        <translation>El propio hipervisor</translation>
    </message>
    <message>
        <source>A server (EGD)</source>
        <translation>Un servidor (EGD)</translation>
    </message>
    <message>
        <source>This host gives machines of this type no random number generator.</source>
        <translation>Este host no da generador de números aleatorios a máquinas de este tipo.</translation>
    </message>
    <message>
        <source>Random number generator</source>
        <translation>Generador de números aleatorios</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Máximo</translation>
    </message>
    <message>
        <source>Serial port of a PC (ISA)</source>
        <translation>Puerto serie de un PC (ISA)</translation>
    </message>
    <message>
        <source>PCI card</source>
        <translation>Tarjeta PCI</translation>
    </message>
    <message>
        <source>USB adapter</source>
        <translation>Adaptador USB</translation>
    </message>
    <message>
        <source>Debug port of the firmware</source>
        <translation>Puerto de depuración del firmware</translation>
    </message>
    <message>
        <source>Of the board (ARM, RISC-V)</source>
        <translation>De la placa (ARM, RISC-V)</translation>
    </message>
    <message>
        <source>Of POWER</source>
        <translation>De POWER</translation>
    </message>
    <message>
        <source>Of IBM Z</source>
        <translation>De IBM Z</translation>
    </message>
    <message>
        <source>Machines of this processor have none.</source>
        <translation>Las máquinas con este procesador no tienen ninguno.</translation>
    </message>
    <message>
        <source>A PC has four such ports: choose a PCI card.</source>
        <translation>Un PC tiene cuatro puertos así: elige una tarjeta PCI.</translation>
    </message>
    <message>
        <source>This host gives machines of this type no further consoles.</source>
        <translation>Este host no da más consolas a máquinas de este tipo.</translation>
    </message>
    <message>
        <source>Only PCs have parallel ports.</source>
        <translation>Solo los PC tienen puertos paralelos.</translation>
    </message>
    <message>
        <source>A PC has no more than three parallel ports.</source>
        <translation>Un PC no tiene más de tres puertos paralelos.</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>Puerto serie</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Consola</translation>
    </message>
    <message>
        <source>Parallel port</source>
        <translation>Puerto paralelo</translation>
    </message>
    <message>
        <source>Intel HD Audio ICH9 (current systems)</source>
        <translation>Intel HD Audio ICH9 (sistemas actuales)</translation>
    </message>
    <message>
        <source>Intel HD Audio ICH6</source>
        <translation>Intel HD Audio ICH6</translation>
    </message>
    <message>
        <source>virtio (the guest needs its driver)</source>
        <translation>virtio (el invitado necesita su controlador)</translation>
    </message>
    <message>
        <source>AC97 (older systems)</source>
        <translation>AC97 (sistemas más antiguos)</translation>
    </message>
    <message>
        <source>Ensoniq ES1370 (very old systems)</source>
        <translation>Ensoniq ES1370 (sistemas muy antiguos)</translation>
    </message>
    <message>
        <source>Sound Blaster 16 (very old systems)</source>
        <translation>Sound Blaster 16 (sistemas muy antiguos)</translation>
    </message>
    <message>
        <source>Line in and line out</source>
        <translation>Entrada y salida de línea</translation>
    </message>
    <message>
        <source>Microphone and loudspeaker</source>
        <translation>Micrófono y altavoz</translation>
    </message>
    <message>
        <source>Line out only</source>
        <translation>Solo salida de línea</translation>
    </message>
    <message>
        <source>This host&apos;s libvirt is too old: this card exists since libvirt 10.4.</source>
        <translation>El libvirt de este host es demasiado antiguo: esta tarjeta existe desde libvirt 10.4.</translation>
    </message>
    <message>
        <source>Jacks</source>
        <translation>Conectores</translation>
    </message>
    <message>
        <source>There is no sound card “{text}”.</source>
        <translation>No hay ninguna tarjeta de sonido «{text}».</translation>
    </message>
    <message>
        <source>Sound card</source>
        <translation>Tarjeta de sonido</translation>
    </message>
    <message>
        <source>Turn it off</source>
        <translation>Apagarla</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Iniciarla de nuevo</translation>
    </message>
    <message>
        <source>Keep it as it is</source>
        <translation>Dejarla como está</translation>
    </message>
    <message>
        <source>It stays in memory, so that it can be examined, until it is turned off.</source>
        <translation>Se queda en la memoria, para poder examinarla, hasta que se apague.</translation>
    </message>
    <message>
        <source>Write its memory to a file, then turn it off</source>
        <translation>Escribir su memoria en un archivo y luego apagarla</translation>
    </message>
    <message>
        <source>The file stands in the host’s folder for crash dumps.</source>
        <translation>El archivo queda en la carpeta del host para volcados.</translation>
    </message>
    <message>
        <source>Write its memory to a file, then start it again</source>
        <translation>Escribir su memoria en un archivo y luego iniciarla de nuevo</translation>
    </message>
    <message>
        <source>It is kept nowhere: when it is turned off it is gone.</source>
        <translation>No se guarda en ningún sitio: al apagarla, desaparece.</translation>
    </message>
    <message>
        <source>Its host does not say whether it starts with it.</source>
        <translation>Su host no dice si se inicia con él.</translation>
    </message>
    <message>
        <source>A title has no line breaks.</source>
        <translation>Un título no tiene saltos de línea.</translation>
    </message>
    <message>
        <source>No host can do both: start it again when it turns itself off, and turn it off when it restarts. Choose another answer to one of the two.</source>
        <translation>Ningún host puede hacer ambas cosas: iniciarla de nuevo cuando se apaga sola y apagarla cuando se reinicia. Elige otra respuesta para una de las dos.</translation>
    </message>
    <message>
        <source>Start and events</source>
        <translation>Inicio y eventos</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>A longer name</source>
        <translation>Un nombre más largo</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>Start it with its host</source>
        <translation>Iniciarla con su host</translation>
    </message>
    <message>
        <source>When its system turns it off</source>
        <translation>Cuando su sistema la apaga</translation>
    </message>
    <message>
        <source>When its system restarts it</source>
        <translation>Cuando su sistema la reinicia</translation>
    </message>
    <message>
        <source>When its system crashes</source>
        <translation>Cuando su sistema falla</translation>
    </message>
    <message>
        <source>Show hardware</source>
        <translation>Mostrar el hardware</translation>
    </message>
    <message>
        <source>Add a device…</source>
        <translation>Añadir un dispositivo…</translation>
    </message>
    <message>
        <source>CRB</source>
        <translation>CRB</translation>
    </message>
    <message>
        <source>What Windows 11 expects</source>
        <translation>Lo que espera Windows 11</translation>
    </message>
    <message>
        <source>TIS</source>
        <translation>TIS</translation>
    </message>
    <message>
        <source>For older systems, and for TPM 1.2</source>
        <translation>Para sistemas más antiguos y para TPM 1.2</translation>
    </message>
    <message>
        <source>By swtpm, with a state of its own</source>
        <translation>Con swtpm, con un estado propio</translation>
    </message>
    <message>
        <source>The host&apos;s own</source>
        <translation>El del host</translation>
    </message>
    <message>
        <source>Of another program</source>
        <translation>De otro programa</translation>
    </message>
    <message>
        <source>This host has no swtpm: install it there.</source>
        <translation>Este host no tiene swtpm: instálalo allí.</translation>
    </message>
    <message>
        <source>The virtual machine has a TPM: there is only one.</source>
        <translation>La máquina virtual tiene un TPM: solo hay uno.</translation>
    </message>
    <message>
        <source>This host gives machines of this type no TPM.</source>
        <translation>Este host no da TPM a máquinas de este tipo.</translation>
    </message>
    <message>
        <source>The guest can no longer use the keys in its TPM: a disk that is locked with them (BitLocker, LUKS) asks for its recovery key.</source>
        <translation>El invitado ya no puede usar las claves de su TPM: un disco bloqueado con ellas (BitLocker, LUKS) pide su clave de recuperación.</translation>
    </message>
    <message>
        <source>TPM 1.2 needs TIS.</source>
        <translation>TPM 1.2 necesita TIS.</translation>
    </message>
    <message>
        <source>Only one machine at a time can have the host&apos;s TPM.</source>
        <translation>Solo una máquina a la vez puede tener el TPM del host.</translation>
    </message>
    <message>
        <source>TPM</source>
        <translation>TPM</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Interfaz</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>Keep its state when the machine is moved away or removed</source>
        <translation>Conservar su estado al mover o quitar la máquina</translation>
    </message>
    <message>
        <source>Socket of the program</source>
        <translation>Socket del programa</translation>
    </message>
    <message>
        <source>virtio (current systems)</source>
        <translation>virtio (sistemas actuales)</translation>
    </message>
    <message>
        <source>QXL (with SPICE)</source>
        <translation>QXL (con SPICE)</translation>
    </message>
    <message>
        <source>VGA (every system knows it)</source>
        <translation>VGA (la conoce todo sistema)</translation>
    </message>
    <message>
        <source>Bochs (UEFI, without old VGA)</source>
        <translation>Bochs (UEFI, sin la VGA antigua)</translation>
    </message>
    <message>
        <source>Cirrus (very old systems)</source>
        <translation>Cirrus (sistemas muy antiguos)</translation>
    </message>
    <message>
        <source>Plain frame buffer (UEFI)</source>
        <translation>Búfer de imagen simple (UEFI)</translation>
    </message>
    <message>
        <source>None: the virtual machine has no screen</source>
        <translation>Ninguno: la máquina virtual no tiene pantalla</translation>
    </message>
    <message>
        <source>“None” stands for the graphics card: choose another model there.</source>
        <translation>«Ninguno» ocupa el lugar de la tarjeta gráfica: elige ahí otro modelo.</translation>
    </message>
    <message>
        <source>This host has no graphics card that can be a second one.</source>
        <translation>Este host no tiene ninguna tarjeta gráfica que pueda ser la segunda.</translation>
    </message>
    <message>
        <source>At most {most} screens.</source>
        <translation>Como máximo {most} monitores.</translation>
    </message>
    <message>
        <source>At least 1 MiB, and a power of two: 16 MiB, 32 MiB, 64 MiB …</source>
        <translation>Al menos 1 MiB, y una potencia de dos: 16 MiB, 32 MiB, 64 MiB …</translation>
    </message>
    <message>
        <source>Say it like this: 1280x800</source>
        <translation>Escríbelo así: 1280x800</translation>
    </message>
    <message>
        <source>3D needs a display with OpenGL: turn it on in a SPICE display first.</source>
        <translation>El 3D necesita una pantalla con OpenGL: actívalo antes en una pantalla SPICE.</translation>
    </message>
    <message>
        <source>There is another graphics card: “none” stands alone.</source>
        <translation>Hay otra tarjeta gráfica: «Ninguno» solo vale sin otras.</translation>
    </message>
    <message>
        <source>A second graphics card is virtio or QXL.</source>
        <translation>Una segunda tarjeta gráfica es virtio o QXL.</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>Tarjeta gráfica</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Monitores</translation>
    </message>
    <message>
        <source>Video memory</source>
        <translation>Memoria de vídeo</translation>
    </message>
    <message>
        <source>Resolution at the start</source>
        <translation>Resolución al inicio</translation>
    </message>
    <message>
        <source>3D acceleration</source>
        <translation>Aceleración 3D</translation>
    </message>
    <message>
        <source>Intel 6300ESB (PCI)</source>
        <translation>Intel 6300ESB (PCI)</translation>
    </message>
    <message>
        <source>Intel iTCO (of the Q35 chipset)</source>
        <translation>Intel iTCO (del chipset Q35)</translation>
    </message>
    <message>
        <source>iBase 700 (ISA, of old PCs)</source>
        <translation>iBase 700 (ISA, de PC antiguos)</translation>
    </message>
    <message>
        <source>Reset it, as by its button</source>
        <translation>Restablecerla, como con su botón</translation>
    </message>
    <message>
        <source>Ask it to shut down</source>
        <translation>Pedirle que se apague</translation>
    </message>
    <message>
        <source>Pause it</source>
        <translation>Pausarla</translation>
    </message>
    <message>
        <source>Write its memory to a file of the host, then reset it</source>
        <translation>Escribir su memoria en un archivo del host y luego restablecerla</translation>
    </message>
    <message>
        <source>Interrupt its kernel (NMI)</source>
        <translation>Interrumpir su kernel (NMI)</translation>
    </message>
    <message>
        <source>The virtual machine has a watchdog of this model already.</source>
        <translation>La máquina virtual ya tiene un perro guardián de este modelo.</translation>
    </message>
    <message>
        <source>This host gives machines of this type none.</source>
        <translation>Este host no da ninguno a máquinas de este tipo.</translation>
    </message>
    <message>
        <source>The virtual machine has a watchdog: this host gives each only one.</source>
        <translation>La máquina virtual tiene un perro guardián: este host solo da uno a cada una.</translation>
    </message>
    <message>
        <source>The virtual machine has every watchdog that it can have.</source>
        <translation>La máquina virtual tiene todos los perros guardianes que puede tener.</translation>
    </message>
    <message>
        <source>The machine&apos;s other watchdogs then do the same: all of them do one thing.</source>
        <translation>Los otros perros guardianes de la máquina hacen entonces lo mismo: todos hacen una sola cosa.</translation>
    </message>
    <message>
        <source>A guest that hangs rarely does what it is asked.</source>
        <translation>Un invitado bloqueado rara vez hace lo que se le pide.</translation>
    </message>
    <message>
        <source>Watchdog</source>
        <translation>Perro guardián</translation>
    </message>
    <message>
        <source>When the guest hangs</source>
        <translation>Cuando el invitado se bloquea</translation>
    </message>
    <message>
        <source>it cannot change while the machine runs</source>
        <translation>no puede cambiar mientras la máquina está en marcha</translation>
    </message>
    <message>
        <source>it cannot be added while the machine runs</source>
        <translation>no se puede añadir mientras la máquina está en marcha</translation>
    </message>
    <message>
        <source>it cannot be taken out while the machine runs</source>
        <translation>no se puede quitar mientras la máquina está en marcha</translation>
    </message>
    <message>
        <source>the machine is paused and cannot let go of it: resume it first</source>
        <translation>la máquina está en pausa y no puede soltarlo: reanúdala primero</translation>
    </message>
    <message>
        <source>the running machine has no free PCI port</source>
        <translation>la máquina en marcha no tiene ningún puerto PCI libre</translation>
    </message>
    <message>
        <source>the running machine has no {detail} controller</source>
        <translation>la máquina en marcha no tiene controladora {detail}</translation>
    </message>
    <message>
        <source>the machine has no shared memory</source>
        <translation>la máquina no tiene memoria compartida</translation>
    </message>
    <message>
        <source>it goes with a change that applies only then</source>
        <translation>va con un cambio que solo se aplica entonces</translation>
    </message>
    <message>
        <source>this host cannot do it while the machine runs</source>
        <translation>este host no puede hacerlo mientras la máquina está en marcha</translation>
    </message>
    <message>
        <source>as you asked</source>
        <translation>como has pedido</translation>
    </message>
    <message>
        <source>the machine has a saved state, which keeps what it had</source>
        <translation>la máquina tiene un estado guardado, que conserva lo que tenía</translation>
    </message>
    <message>
        <source>this host does not have {detail}</source>
        <translation>este host no tiene {detail}</translation>
    </message>
    <message>
        <source>the machine can have only one</source>
        <translation>la máquina solo puede tener uno</translation>
    </message>
    <message>
        <source>another device is called {detail}</source>
        <translation>otro dispositivo se llama {detail}</translation>
    </message>
    <message>
        <source>every machine of this type has it</source>
        <translation>todas las máquinas de este tipo lo tienen</translation>
    </message>
    <message>
        <source>it is used by {detail}</source>
        <translation>está en uso por {detail}</translation>
    </message>
    <message>
        <source>the device is not there any more</source>
        <translation>el dispositivo ya no está</translation>
    </message>
    <message>
        <source>the machine is not running</source>
        <translation>la máquina no está en marcha</translation>
    </message>
    <message>
        <source>the machine exists only while it runs</source>
        <translation>la máquina solo existe mientras está en marcha</translation>
    </message>
    <message>
        <source>the machine is being migrated: wait for the migration</source>
        <translation>la máquina se está migrando: espera a que termine la migración</translation>
    </message>
    <message>
        <source>the running machine does not have it</source>
        <translation>la máquina en marcha no lo tiene</translation>
    </message>
    <message>
        <source>the machine has it only until it stops</source>
        <translation>la máquina solo lo tiene hasta que se pare</translation>
    </message>
    <message>
        <source>it needs a SPICE display</source>
        <translation>necesita una pantalla SPICE</translation>
    </message>
    <message>
        <source>this host cannot do it</source>
        <translation>este host no puede hacerlo</translation>
    </message>
    <message>
        <source>It stays until the guest lets go of it.</source>
        <translation>Se queda hasta que el invitado lo suelte.</translation>
    </message>
    <message>
        <source>{detail} stays on the host.</source>
        <translation>{detail} se queda en el host.</translation>
    </message>
    <message>
        <source>Then there is nothing left to start from.</source>
        <translation>Entonces no queda nada desde lo que arrancar.</translation>
    </message>
    <message>
        <source>Then the machine has no display.</source>
        <translation>Entonces la máquina no tiene pantalla.</translation>
    </message>
    <message>
        <source>now, until the machine stops</source>
        <translation>ahora, hasta que la máquina se pare</translation>
    </message>
    <message>
        <source>{when}: {reason}</source>
        <translation>{when}: {reason}</translation>
    </message>
    <message>
        <source>Not possible: {which}</source>
        <translation>No es posible: {which}</translation>
    </message>
    <message>
        <source>1 change: {which}</source>
        <translation>1 cambio: {which}</translation>
    </message>
    <message>
        <source>{count} changes: {which}</source>
        <translation>{count} cambios: {which}</translation>
    </message>
    <message>
        <source>Start with the host</source>
        <translation>Arrancar con el host</translation>
    </message>
    <message>
        <source>Add {device}, {verdict}.</source>
        <translation>Añadir {device}, {verdict}.</translation>
    </message>
    <message>
        <source>Remove {device}, {verdict}.</source>
        <translation>Quitar {device}, {verdict}.</translation>
    </message>
    <message>
        <source>{name}: changed, {verdict}.</source>
        <translation>{name}: cambio, {verdict}.</translation>
    </message>
    <message>
        <source>{name}: {difference}, {verdict}.</source>
        <translation>{name}: {difference}, {verdict}.</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>cambio</translation>
    </message>
    <message>
        <source>the default</source>
        <translation>valor predeterminado</translation>
    </message>
    <message>
        <source>on</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>off</source>
        <translation>no</translation>
    </message>
    <message>
        <source>This host&apos;s IOMMU is off, so no virtual machine can have its PCI devices. Turn on VT-d or AMD-Vi in the host&apos;s firmware; with an Intel processor also start its kernel with intel_iommu=on.</source>
        <translation>El IOMMU de este host está desactivado, así que ninguna máquina virtual puede tener sus dispositivos PCI. Activa VT-d o AMD-Vi en el firmware del host; con un procesador Intel, arranca además su kernel con intel_iommu=on.</translation>
    </message>
    <message>
        <source>bus {bus}, device {device}</source>
        <translation>bus {bus}, dispositivo {device}</translation>
    </message>
    <message>
        <source>{device} (IOMMU group {group})</source>
        <translation>{device} (grupo IOMMU {group})</translation>
    </message>
    <message>
        <source>Its IOMMU group {group} also has {members}: while the machine runs the host cannot use them either.</source>
        <translation>Su grupo IOMMU {group} también tiene {members}: mientras la máquina está en marcha, el host tampoco puede usarlos.</translation>
    </message>
    <message>
        <source>The host uses {members} of the same IOMMU group: the machine starts only when it has these, too, or the host lets go of them.</source>
        <translation>El host usa {members} del mismo grupo IOMMU: la máquina solo se inicia si los tiene también o si el host los suelta.</translation>
    </message>
    <message>
        <source>The host uses it as its network card {names}: it loses that network while the machine runs.</source>
        <translation>El host lo usa como su tarjeta de red {names}: pierde esa red mientras la máquina está en marcha.</translation>
    </message>
    <message>
        <source>The host uses it as a network card: it may lose that network.</source>
        <translation>El host lo usa como tarjeta de red: puede perder esa red.</translation>
    </message>
    <message>
        <source>The host&apos;s own disks may be on it: then the host fails when the machine starts.</source>
        <translation>Los propios discos del host pueden estar en él: entonces el host falla al iniciarse la máquina.</translation>
    </message>
    <message>
        <source>The host may show its screen with it: it stays black while the machine runs.</source>
        <translation>El host puede estar mostrando su pantalla con él: se queda en negro mientras la máquina está en marcha.</translation>
    </message>
    <message>
        <source>The host uses it with its driver {driver}.</source>
        <translation>El host lo usa con su controlador {driver}.</translation>
    </message>
    <message>
        <source>“{machine}” has it, too: only one of the two can run at a time.</source>
        <translation>«{machine}» también lo tiene: solo una de las dos puede estar en marcha a la vez.</translation>
    </message>
    <message>
        <source>“{name}” does not have it when it starts again.</source>
        <translation>Cuando «{name}» se inicie de nuevo, no lo tendrá.</translation>
    </message>
    <message>
        <source>“{name}” has it until it stops, and not when it starts again.</source>
        <translation>«{name}» lo tiene hasta que se pare; cuando se inicie de nuevo, no lo tendrá.</translation>
    </message>
    <message>
        <source>It is taken out of “{name}” while that runs.</source>
        <translation>Se quita de «{name}» mientras está en marcha.</translation>
    </message>
    <message>
        <source>Remove {device} from {name}?</source>
        <translation>¿Quitar {device} de {name}?</translation>
    </message>
    <message>
        <source>Remove at the next start</source>
        <translation>Quitar en el próximo inicio</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
</context>
<context>
    <name>HardwareList</name>
    <message>
        <source>Other settings after the next start</source>
        <translation>Otros ajustes tras el próximo inicio</translation>
    </message>
    <message>
        <source>Only until it stops</source>
        <translation>Solo hasta que se pare</translation>
    </message>
    <message>
        <source>Only after the next start</source>
        <translation>Solo tras el próximo inicio</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Display and sound</source>
        <translation>Pantalla y sonido</translation>
    </message>
    <message>
        <source>Devices of the host</source>
        <translation>Dispositivos del host</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Máquina</translation>
    </message>
    <message>
        <source>Other devices</source>
        <translation>Otros dispositivos</translation>
    </message>
    <message>
        <source>Controllers</source>
        <translation>Controladoras</translation>
    </message>
    <message>
        <source>Changed, not applied</source>
        <translation>Con cambios sin aplicar</translation>
    </message>
    <message>
        <source>This console belongs to the serial port: change it there.</source>
        <translation>Esta consola pertenece al puerto serie: cámbiala allí.</translation>
    </message>
    <message>
        <source>There is no form for this kind of device: change it in the machine&apos;s XML.</source>
        <translation>No hay formulario para este tipo de dispositivo: cámbialo en el XML de la máquina.</translation>
    </message>
    <message>
        <source>new, not added yet</source>
        <translation>nuevo, aún sin añadir</translation>
    </message>
    <message>
        <source>Add a device to the virtual machine</source>
        <translation>Añadir un dispositivo a la máquina virtual</translation>
    </message>
    <message>
        <source>Add devic&amp;e…</source>
        <translation>Añadir dis&amp;positivo…</translation>
    </message>
    <message>
        <source>Remove the device (Del)</source>
        <translation>Quitar el dispositivo (Supr)</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Quitar…</translation>
    </message>
    <message>
        <source>waiting for the guest to let go</source>
        <translation>esperando a que el invitado lo suelte</translation>
    </message>
    <message>
        <source>being removed</source>
        <translation>se está quitando</translation>
    </message>
</context>
<context>
    <name>HardwareTab</name>
    <message>
        <source>Show the XML of the device, or its form</source>
        <translation>Mostrar el XML del dispositivo, o su formulario</translation>
    </message>
    <message>
        <source>&amp;XML</source>
        <translation>&amp;XML</translation>
    </message>
    <message>
        <source>There is nothing to change about this device.</source>
        <translation>En este dispositivo no hay nada que cambiar.</translation>
    </message>
    <message>
        <source>Changes kept until they can be applied</source>
        <translation>Cambios conservados hasta que se puedan aplicar</translation>
    </message>
    <message>
        <source>Nothing changes</source>
        <translation>Nada cambia</translation>
    </message>
    <message>
        <source>{changes}: {reason}</source>
        <translation>{changes}: {reason}</translation>
    </message>
    <message>
        <source>It cannot be added.</source>
        <translation>No se puede añadir.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>Añadi&amp;r</translation>
    </message>
    <message>
        <source>Add the device (Ctrl+S)</source>
        <translation>Añadir el dispositivo (Ctrl+S)</translation>
    </message>
    <message>
        <source>Reading the hardware…</source>
        <translation>Leyendo el hardware…</translation>
    </message>
    <message>
        <source>New, not added yet</source>
        <translation>Nuevo, aún sin añadir</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Slow</source>
        <translation>Lento</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sin respuesta</translation>
    </message>
    <message>
        <source>It answers slowly: this is from {age}.</source>
        <translation>Responde lento: estos datos son de {age}.</translation>
    </message>
    <message>
        <source>It does not answer: this was last seen {age}.</source>
        <translation>No responde. Última noticia: {age}.</translation>
    </message>
    <message>
        <source>Not connected: this was last seen {age}.</source>
        <translation>Sin conexión. Última noticia: {age}.</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} s</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} ms</translation>
    </message>
</context>
<context>
    <name>HistoryGraphs</name>
    <message>
        <source>{time}: not recorded</source>
        <translation>{time}: sin registrar</translation>
    </message>
</context>
<context>
    <name>HostColour</name>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Azul</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Morado</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>Ámbar</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rojo</translation>
    </message>
</context>
<context>
    <name>HostCommands</name>
    <message>
        <source>This computer, only my own virtual machines</source>
        <translation>Este equipo, solo mis máquinas virtuales</translation>
    </message>
    <message>
        <source>Export the list of hosts</source>
        <translation>Exportar la lista de hosts</translation>
    </message>
    <message>
        <source>The list was not written.</source>
        <translation>No se escribió la lista.</translation>
    </message>
    <message numerus="yes">
        <source>%n host(s) written to {file}</source>
        <translation>
            <numerusform>%n host escrito en {file}</numerusform>
            <numerusform>%n hosts escritos en {file}</numerusform>
        </translation>
    </message>
    <message>
        <source>Import hosts from a file</source>
        <translation>Importar hosts de un archivo</translation>
    </message>
    <message>
        <source>No hosts were imported.</source>
        <translation>No se importó ningún host.</translation>
    </message>
    <message numerus="yes">
        <source>%n host(s) imported</source>
        <translation>
            <numerusform>%n host importado</numerusform>
            <numerusform>%n hosts importados</numerusform>
        </translation>
    </message>
    <message>
        <source>Lists of hosts (*.toml);;All files (*)</source>
        <translation>Listas de hosts (*.toml);;Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>HostFields</name>
    <message>
        <source>This computer</source>
        <translation>Este equipo</translation>
    </message>
    <message>
        <source>This computer, only my own virtual machines</source>
        <translation>Este equipo, solo mis propias máquinas virtuales</translation>
    </message>
    <message>
        <source>Another computer, through SSH</source>
        <translation>Otro equipo, por SSH</translation>
    </message>
    <message>
        <source>Another computer, through TLS (certificates)</source>
        <translation>Otro equipo, por TLS (certificados)</translation>
    </message>
    <message>
        <source>Another computer, through TCP (unencrypted)</source>
        <translation>Otro equipo, por TCP (sin cifrar)</translation>
    </message>
    <message>
        <source>An address of my own</source>
        <translation>Una dirección propia</translation>
    </message>
    <message>
        <source>Connect when vmgui starts</source>
        <translation>Conectar al iniciar vmgui</translation>
    </message>
    <message>
        <source>{name} ({uri})</source>
        <translation>{name} ({uri})</translation>
    </message>
    <message>
        <source>A name from libvirt&apos;s settings</source>
        <translation>Un nombre de los ajustes de libvirt</translation>
    </message>
    <message>
        <source>Enter the name or address of the host.</source>
        <translation>Escribe el nombre o la dirección del host.</translation>
    </message>
    <message>
        <source>This is no host name or address: leave out spaces, slashes and the like.</source>
        <translation>Esto no es un nombre ni una dirección de host: quita espacios, barras y similares.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Un puerto es un número del 1 al 65535.</translation>
    </message>
    <message>
        <source>A user name has no spaces and does not begin with a dash.</source>
        <translation>Un nombre de usuario no lleva espacios ni empieza con un guion.</translation>
    </message>
    <message>
        <source>Enter the whole path of the key file, from / or ~ on.</source>
        <translation>Escribe la ruta completa del archivo de clave, desde / o ~.</translation>
    </message>
    <message>
        <source>This is the public half of a key. Choose the file beside it, without .pub.</source>
        <translation>Esta es la mitad pública de una clave. Elige el archivo que está al lado, sin .pub.</translation>
    </message>
    <message>
        <source>A certificate cannot be checked for an address with an interface (%…): enter the host&apos;s name, or connect through SSH.</source>
        <translation>No se puede comprobar un certificado para una dirección con interfaz (%…): escribe el nombre del host o conéctate por SSH.</translation>
    </message>
    <message>
        <source>Enter the address.</source>
        <translation>Escribe la dirección.</translation>
    </message>
    <message>
        <source>libvirt does not understand this address. Example: qemu+ssh://root@host-a/system</source>
        <translation>libvirt no entiende esta dirección. Ejemplo: qemu+ssh://root@host-a/system</translation>
    </message>
    <message>
        <source>as in ~/.ssh/config, or from the agent</source>
        <translation>como en ~/.ssh/config, o del agente</translation>
    </message>
    <message>
        <source>Browse for the SSH key file</source>
        <translation>Examinar el archivo de clave SSH</translation>
    </message>
    <message>
        <source>What is there (automatic)</source>
        <translation>Lo que haya (automático)</translation>
    </message>
    <message>
        <source>libvirt&apos;s own helper (virt-ssh-helper)</source>
        <translation>El ayudante propio de libvirt (virt-ssh-helper)</translation>
    </message>
    <message>
        <source>netcat (hosts older than libvirt 6.8)</source>
        <translation>netcat (hosts con libvirt anterior a 6.8)</translation>
    </message>
    <message>
        <source>Only look, change nothing (read-only)</source>
        <translation>Solo mirar, sin cambiar nada (solo lectura)</translation>
    </message>
    <message>
        <source>Only on this computer</source>
        <translation>Solo en este equipo</translation>
    </message>
    <message>
        <source>&amp;Where</source>
        <translation>&amp;Dónde</translation>
    </message>
    <message>
        <source>Name in &amp;libvirt</source>
        <translation>Nombre en &amp;libvirt</translation>
    </message>
    <message>
        <source>&amp;Host name or address</source>
        <translation>Nombre o dirección del &amp;host</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Usuario</translation>
    </message>
    <message>
        <source>&amp;Address (URI)</source>
        <translation>Di&amp;rección (URI)</translation>
    </message>
    <message>
        <source>&amp;Name in the list</source>
        <translation>&amp;Nombre en la lista</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Puerto</translation>
    </message>
    <message>
        <source>SSH &amp;key file</source>
        <translation>Archivo de &amp;clave SSH</translation>
    </message>
    <message>
        <source>&amp;Over there use</source>
        <translation>Usar &amp;allí</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>C&amp;olor</translation>
    </message>
    <message>
        <source>No&amp;tes</source>
        <translation>No&amp;tas</translation>
    </message>
    <message>
        <source>who may use libvirt there; empty: as in ~/.ssh/config</source>
        <translation>quien pueda usar libvirt allí; vacío: como en ~/.ssh/config</translation>
    </message>
    <message>
        <source>All virtual machines of this computer; you may be asked for permission.</source>
        <translation>Todas las máquinas virtuales de este equipo; puede que se te pida permiso.</translation>
    </message>
    <message>
        <source>Needs no permission; networks and storage are limited to your own.</source>
        <translation>No necesita permiso; redes y almacenamiento se limitan a los tuyos.</translation>
    </message>
    <message>
        <source>Your keys, agent and ~/.ssh/config are used; a password is asked for where it is needed.</source>
        <translation>Se usan tus claves, tu agente y ~/.ssh/config; se pide una contraseña si hace falta.</translation>
    </message>
    <message>
        <source>Both computers need certificates from the same authority.</source>
        <translation>Ambos equipos necesitan certificados de la misma autoridad.</translation>
    </message>
    <message>
        <source>Everything, passwords too, can be read on the way. For closed networks only.</source>
        <translation>Todo, también las contraseñas, se puede leer por el camino. Solo para redes cerradas.</translation>
    </message>
    <message>
        <source>Names from libvirt.conf, as virsh knows them.</source>
        <translation>Nombres de libvirt.conf, tal como los conoce virsh.</translation>
    </message>
    <message>
        <source>Any address libvirt understands.</source>
        <translation>Cualquier dirección que libvirt entienda.</translation>
    </message>
    <message>
        <source>Choose the SSH key file</source>
        <translation>Elige el archivo de clave SSH</translation>
    </message>
</context>
<context>
    <name>HostHead</name>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Desconectar</translation>
    </message>
    <message>
        <source>Connect to the host first.</source>
        <translation>Conéctate primero al host.</translation>
    </message>
    <message>
        <source>New virtual machine</source>
        <translation>Nueva máquina virtual</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Remove from the list…</source>
        <translation>Quitar de la lista…</translation>
    </message>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n máquina virtual</numerusform>
            <numerusform>%n máquinas virtuales</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation>{count} en marcha</translation>
    </message>
    <message>
        <source>Go on with my own machines</source>
        <translation>Seguir con mis propias máquinas</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Reintentar ahora</translation>
    </message>
</context>
<context>
    <name>HostKeyDialog</name>
    <message>
        <source>You connect to {server} for the first time. Its {type} key has the fingerprint</source>
        <translation>Te conectas a {server} por primera vez. Su clave {type} tiene la huella</translation>
    </message>
    <message>
        <source>Fingerprint {text}</source>
        <translation>Huella {text}</translation>
    </message>
    <message>
        <source>Trust it only if the host&apos;s administrator tells you the same one. It is remembered in known_hosts, and another key will be refused from then on.</source>
        <translation>Confía en ella solo si el administrador del host te dice la misma. Se recuerda en known_hosts, y desde entonces se rechazará cualquier otra clave.</translation>
    </message>
    <message>
        <source>Do not connect</source>
        <translation>No conectar</translation>
    </message>
    <message>
        <source>Trust and connect</source>
        <translation>Confiar y conectar</translation>
    </message>
    <message>
        <source>Is this really {host}?</source>
        <translation>¿Es realmente {host}?</translation>
    </message>
</context>
<context>
    <name>HostOverview</name>
    <message>
        <source>Test hardware acceleration</source>
        <translation>Probar la aceleración por hardware</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Connection and software</source>
        <translation>Conexión y software</translation>
    </message>
    <message>
        <source>NUMA nodes</source>
        <translation>Nodos NUMA</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Memoria en uso</translation>
    </message>
</context>
<context>
    <name>HostPage</name>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Answers in</source>
        <translation>Responde en</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>Última noticia</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Próximo intento</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Sin cifrar</translation>
    </message>
    <message>
        <source>The host&apos;s identity is not checked</source>
        <translation>No se comprueba la identidad del host</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Protección</translation>
    </message>
    <message>
        <source>in {duration}</source>
        <translation>en {duration}</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Acceso</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Solo lectura</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notas</translation>
    </message>
    <message>
        <source>Name of the host</source>
        <translation>Nombre del host</translation>
    </message>
    <message>
        <source>Hypervisor</source>
        <translation>Hipervisor</translation>
    </message>
    <message>
        <source>libvirt</source>
        <translation>libvirt</translation>
    </message>
    <message>
        <source>Failed tries</source>
        <translation>Intentos fallidos</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Último error</translation>
    </message>
    <message>
        <source>IOMMU</source>
        <translation>IOMMU</translation>
    </message>
    <message>
        <source>On: devices can be given to virtual machines</source>
        <translation>Activada: se pueden asignar dispositivos a las máquinas virtuales</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desactivada</translation>
    </message>
    <message>
        <source>Confined by</source>
        <translation>Confinamiento</translation>
    </message>
    <message>
        <source>Up for</source>
        <translation>Tiempo en marcha</translation>
    </message>
    <message>
        <source>about {duration}</source>
        <translation>aprox. {duration}</translation>
    </message>
    <message>
        <source>Acceleration</source>
        <translation>Aceleración</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funciona</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>No disponible</translation>
    </message>
    <message>
        <source>Guests are emulated and slow. Turn on virtualization in the host&apos;s firmware.</source>
        <translation>Los invitados se emulan y van lentos. Activa la virtualización en el firmware del host.</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>No funciona</translation>
    </message>
    <message>
        <source>The host offers it, but guests hang on it. New guests are emulated instead.</source>
        <translation>El host la ofrece, pero los invitados se cuelgan con ella. Los nuevos se emulan.</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>Sin probar</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Aún no se sabe</translation>
    </message>
    <message>
        <source>{sockets} × {cores} × {threads} (sockets × cores × threads)</source>
        <translation>{sockets} × {cores} × {threads} (zócalos × núcleos × hilos)</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>{free} free</source>
        <translation>{free} libres</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>{count} pages of {size}</source>
        <translation>{count} páginas de {size}</translation>
    </message>
    <message>
        <source>CPUs {numbers}</source>
        <translation>CPU {numbers}</translation>
    </message>
    <message>
        <source>Node {number}</source>
        <translation>Nodo {number}</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>Capacidades</translation>
    </message>
</context>
<context>
    <name>Hosts</name>
    <message>
        <source>Remove {name} from the list?</source>
        <translation>¿Quitar {name} de la lista?</translation>
    </message>
    <message>
        <source>Nothing changes on the host: its virtual machines stay and go on running.</source>
        <translation>En el host no cambia nada: sus máquinas virtuales se quedan y siguen en marcha.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Connect to a host…</source>
        <translation>Conectar a un host…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Reintentar ahora</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Desconectar</translation>
    </message>
    <message>
        <source>Change the host…</source>
        <translation>Cambiar el host…</translation>
    </message>
    <message>
        <source>Move the host up</source>
        <translation>Subir el host</translation>
    </message>
    <message>
        <source>Move the host down</source>
        <translation>Bajar el host</translation>
    </message>
    <message>
        <source>Remove the host from the list…</source>
        <translation>Quitar el host de la lista…</translation>
    </message>
    <message>
        <source>Import hosts…</source>
        <translation>Importar hosts…</translation>
    </message>
    <message>
        <source>Export the list of hosts…</source>
        <translation>Exportar la lista de hosts…</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import hosts</source>
        <translation>Importar hosts</translation>
    </message>
    <message>
        <source>Which hosts shall be added?</source>
        <translation>¿Qué hosts quieres añadir?</translation>
    </message>
    <message>
        <source>A host that is in your list already takes over name and settings from the file when you tick it.</source>
        <translation>Si marcas un host que ya está en tu lista, toma el nombre y los ajustes del archivo.</translation>
    </message>
    <message>
        <source>Hosts in the file</source>
        <translation>Hosts del archivo</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message>
        <source>In the list already, as “{name}”</source>
        <translation>Ya está en la lista, como «{name}»</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nuevo</translation>
    </message>
</context>
<context>
    <name>InsertDialog</name>
    <message>
        <source>Insert a medium into {name}</source>
        <translation>Insertar un medio en {name}</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Insertar</translation>
    </message>
    <message>
        <source>Part of a name, or a whole path</source>
        <translation>Parte de un nombre, o una ruta completa</translation>
    </message>
    <message>
        <source>Asking the storage pools…</source>
        <translation>Preguntando a los almacenes…</translation>
    </message>
    <message>
        <source>Not every storage pool of the host has answered.</source>
        <translation>No todos los almacenes del host han respondido.</translation>
    </message>
    <message>
        <source>No storage pool of the host has anything for it.</source>
        <translation>Ningún almacén del host tiene nada para ella.</translation>
    </message>
</context>
<context>
    <name>Inventory</name>
    <message>
        <source>Without a tag</source>
        <translation>Sin etiqueta</translation>
    </message>
    <message>
        <source>Without a folder</source>
        <translation>Sin carpeta</translation>
    </message>
    <message>
        <source>System not known</source>
        <translation>Sistema desconocido</translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} de {all}</translation>
    </message>
    <message>
        <source>{used} of {total}</source>
        <translation>{used} de {total}</translation>
    </message>
    <message>
        <source>last known state</source>
        <translation>último estado conocido</translation>
    </message>
    <message>
        <source>processor {percent}</source>
        <translation>procesador {percent}</translation>
    </message>
    <message>
        <source>memory {percent}</source>
        <translation>memoria {percent}</translation>
    </message>
    <message>
        <source>CPU {cpu}</source>
        <translation>CPU {cpu}</translation>
    </message>
    <message>
        <source>Memory {share}</source>
        <translation>Memoria {share}</translation>
    </message>
    <message>
        <source>Last seen {age}; {host} does not answer.</source>
        <translation>Vista por última vez: {age}; {host} no responde.</translation>
    </message>
    <message>
        <source>Last seen {age}; {host} is not connected.</source>
        <translation>Vista por última vez: {age}; {host} no está conectado.</translation>
    </message>
    <message>
        <source>Tags: {tags}</source>
        <translation>Etiquetas: {tags}</translation>
    </message>
    <message>
        <source>Folder: {folder}</source>
        <translation>Carpeta: {folder}</translation>
    </message>
    <message>
        <source>Filter the inventory</source>
        <translation>Filtrar el inventario</translation>
    </message>
    <message>
        <source>Select all shown</source>
        <translation>Seleccionar todo lo mostrado</translation>
    </message>
    <message>
        <source>Select its virtual machines</source>
        <translation>Seleccionar sus máquinas virtuales</translation>
    </message>
    <message>
        <source>Save this view…</source>
        <translation>Guardar esta vista…</translation>
    </message>
    <message>
        <source>Group by host</source>
        <translation>Agrupar por host</translation>
    </message>
    <message>
        <source>Group by tag</source>
        <translation>Agrupar por etiqueta</translation>
    </message>
    <message>
        <source>Group by folder</source>
        <translation>Agrupar por carpeta</translation>
    </message>
    <message>
        <source>Group by state</source>
        <translation>Agrupar por estado</translation>
    </message>
    <message>
        <source>Group by operating system</source>
        <translation>Agrupar por sistema operativo</translation>
    </message>
    <message>
        <source>Sort by name</source>
        <translation>Ordenar por nombre</translation>
    </message>
    <message>
        <source>Sort by state</source>
        <translation>Ordenar por estado</translation>
    </message>
    <message>
        <source>Sort by memory</source>
        <translation>Ordenar por memoria</translation>
    </message>
</context>
<context>
    <name>InventoryPane</name>
    <message>
        <source>Inventory</source>
        <translation>Inventario</translation>
    </message>
    <message>
        <source>No hosts yet</source>
        <translation>Aún no hay hosts</translation>
    </message>
    <message>
        <source>Nothing matches “{text}”.</source>
        <translation>Nada coincide con «{text}».</translation>
    </message>
    <message>
        <source>No virtual machines yet</source>
        <translation>Aún no hay máquinas virtuales</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Start {name}</source>
        <translation>Iniciar {name}</translation>
    </message>
    <message>
        <source>Starting {name}</source>
        <translation>Iniciando {name}</translation>
    </message>
    <message>
        <source>Start {name} without its saved state</source>
        <translation>Iniciar {name} sin su estado guardado</translation>
    </message>
    <message>
        <source>Starting {name} without its saved state</source>
        <translation>Iniciando {name} sin su estado guardado</translation>
    </message>
    <message>
        <source>Start {name} with new firmware variables</source>
        <translation>Iniciar {name} con variables de firmware nuevas</translation>
    </message>
    <message>
        <source>Starting {name} with new firmware variables</source>
        <translation>Iniciando {name} con variables de firmware nuevas</translation>
    </message>
    <message>
        <source>Shut down {name}</source>
        <translation>Apagar {name}</translation>
    </message>
    <message>
        <source>Shutting down {name}</source>
        <translation>Apagando {name}</translation>
    </message>
    <message>
        <source>Reboot {name}</source>
        <translation>Reiniciar {name}</translation>
    </message>
    <message>
        <source>Rebooting {name}</source>
        <translation>Reiniciando {name}</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>Restablecer {name}</translation>
    </message>
    <message>
        <source>Resetting {name}</source>
        <translation>Restableciendo {name}</translation>
    </message>
    <message>
        <source>Force off {name}</source>
        <translation>Forzar el apagado de {name}</translation>
    </message>
    <message>
        <source>Forcing off {name}</source>
        <translation>Forzando el apagado de {name}</translation>
    </message>
    <message>
        <source>Pause {name}</source>
        <translation>Pausar {name}</translation>
    </message>
    <message>
        <source>Pausing {name}</source>
        <translation>Pausando {name}</translation>
    </message>
    <message>
        <source>Resume {name}</source>
        <translation>Reanudar {name}</translation>
    </message>
    <message>
        <source>Resuming {name}</source>
        <translation>Reanudando {name}</translation>
    </message>
    <message>
        <source>Save {name}</source>
        <translation>Guardar {name}</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>Guardando {name}</translation>
    </message>
    <message>
        <source>Restore {name}</source>
        <translation>Restaurar {name}</translation>
    </message>
    <message>
        <source>Restoring {name}</source>
        <translation>Restaurando {name}</translation>
    </message>
    <message>
        <source>Discard the saved state of {name}</source>
        <translation>Descartar el estado guardado de {name}</translation>
    </message>
    <message>
        <source>Discarding the saved state of {name}</source>
        <translation>Descartando el estado guardado de {name}</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>Cambiar el nombre de {name}</translation>
    </message>
    <message>
        <source>Renaming {name}</source>
        <translation>Cambiando el nombre de {name}</translation>
    </message>
    <message>
        <source>Change autostart of {name}</source>
        <translation>Cambiar el arranque automático de {name}</translation>
    </message>
    <message>
        <source>Changing autostart of {name}</source>
        <translation>Cambiando el arranque automático de {name}</translation>
    </message>
    <message>
        <source>Save the notes of {name}</source>
        <translation>Guardar las notas de {name}</translation>
    </message>
    <message>
        <source>Saving the notes of {name}</source>
        <translation>Guardando las notas de {name}</translation>
    </message>
    <message>
        <source>Change the tags of {name}</source>
        <translation>Cambiar las etiquetas de {name}</translation>
    </message>
    <message>
        <source>Changing the tags of {name}</source>
        <translation>Cambiando las etiquetas de {name}</translation>
    </message>
    <message>
        <source>Change the protection of {name}</source>
        <translation>Cambiar la protección de {name}</translation>
    </message>
    <message>
        <source>Changing the protection of {name}</source>
        <translation>Cambiando la protección de {name}</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>Cambiar {name}</translation>
    </message>
    <message>
        <source>Changing {name}</source>
        <translation>Cambiando {name}</translation>
    </message>
    <message>
        <source>Save the XML of {name}</source>
        <translation>Guardar el XML de {name}</translation>
    </message>
    <message>
        <source>Saving the XML of {name}</source>
        <translation>Guardando el XML de {name}</translation>
    </message>
    <message>
        <source>Undo a change of {name}</source>
        <translation>Deshacer un cambio de {name}</translation>
    </message>
    <message>
        <source>Undoing a change of {name}</source>
        <translation>Deshaciendo un cambio de {name}</translation>
    </message>
    <message>
        <source>Insert a medium into {name}</source>
        <translation>Insertar un medio en {name}</translation>
    </message>
    <message>
        <source>Inserting a medium into {name}</source>
        <translation>Insertando un medio en {name}</translation>
    </message>
    <message>
        <source>Eject a medium from {name}</source>
        <translation>Expulsar un medio de {name}</translation>
    </message>
    <message>
        <source>Ejecting a medium from {name}</source>
        <translation>Expulsando un medio de {name}</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>Eliminar {name}</translation>
    </message>
    <message>
        <source>Deleting {name}</source>
        <translation>Eliminando {name}</translation>
    </message>
    <message>
        <source>Create {name}</source>
        <translation>Crear {name}</translation>
    </message>
    <message>
        <source>Creating {name}</source>
        <translation>Creando {name}</translation>
    </message>
    <message>
        <source>Remove what was begun for {name}</source>
        <translation>Eliminar lo empezado para {name}</translation>
    </message>
    <message>
        <source>Removing what was begun for {name}</source>
        <translation>Eliminando lo empezado para {name}</translation>
    </message>
    <message>
        <source>Upload {name}</source>
        <translation>Subir {name}</translation>
    </message>
    <message>
        <source>Uploading {name}</source>
        <translation>Subiendo {name}</translation>
    </message>
    <message>
        <source>Test hardware acceleration of {name}</source>
        <translation>Probar la aceleración por hardware de {name}</translation>
    </message>
    <message>
        <source>Testing hardware acceleration of {name}</source>
        <translation>Probando la aceleración por hardware de {name}</translation>
    </message>
    <message>
        <source>Download the sample guest</source>
        <translation>Descargar el invitado de muestra</translation>
    </message>
    <message>
        <source>Downloading the sample guest</source>
        <translation>Descargando el invitado de muestra</translation>
    </message>
    <message>
        <source>{name} could not be started.</source>
        <translation>No se pudo iniciar {name}.</translation>
    </message>
    <message>
        <source>{name} did not shut down.</source>
        <translation>{name} no se apagó.</translation>
    </message>
    <message>
        <source>{name} could not be rebooted.</source>
        <translation>No se pudo reiniciar {name}.</translation>
    </message>
    <message>
        <source>{name} could not be reset.</source>
        <translation>No se pudo restablecer {name}.</translation>
    </message>
    <message>
        <source>{name} could not be forced off.</source>
        <translation>No se pudo forzar el apagado de {name}.</translation>
    </message>
    <message>
        <source>{name} could not be paused.</source>
        <translation>No se pudo pausar {name}.</translation>
    </message>
    <message>
        <source>{name} could not be resumed.</source>
        <translation>No se pudo reanudar {name}.</translation>
    </message>
    <message>
        <source>The state of {name} could not be saved.</source>
        <translation>No se pudo guardar el estado de {name}.</translation>
    </message>
    <message>
        <source>The saved state of {name} could not be restored.</source>
        <translation>No se pudo restaurar el estado guardado de {name}.</translation>
    </message>
    <message>
        <source>The saved state of {name} could not be discarded.</source>
        <translation>No se pudo descartar el estado guardado de {name}.</translation>
    </message>
    <message>
        <source>{name} could not be renamed.</source>
        <translation>No se pudo cambiar el nombre de {name}.</translation>
    </message>
    <message>
        <source>Autostart of {name} could not be changed.</source>
        <translation>No se pudo cambiar el arranque automático de {name}.</translation>
    </message>
    <message>
        <source>The notes of {name} could not be saved.</source>
        <translation>No se pudieron guardar las notas de {name}.</translation>
    </message>
    <message>
        <source>The tags of {name} could not be changed.</source>
        <translation>No se pudieron cambiar las etiquetas de {name}.</translation>
    </message>
    <message>
        <source>The protection of {name} could not be changed.</source>
        <translation>No se pudo cambiar la protección de {name}.</translation>
    </message>
    <message>
        <source>{name} could not be changed.</source>
        <translation>No se pudo cambiar {name}.</translation>
    </message>
    <message>
        <source>The XML of {name} could not be saved.</source>
        <translation>No se pudo guardar el XML de {name}.</translation>
    </message>
    <message>
        <source>The change of {name} could not be undone.</source>
        <translation>No se pudo deshacer el cambio de {name}.</translation>
    </message>
    <message>
        <source>The medium could not be inserted into {name}.</source>
        <translation>No se pudo insertar el medio en {name}.</translation>
    </message>
    <message>
        <source>The medium could not be ejected from {name}.</source>
        <translation>No se pudo expulsar el medio de {name}.</translation>
    </message>
    <message>
        <source>{name} could not be deleted completely.</source>
        <translation>No se pudo eliminar {name} por completo.</translation>
    </message>
    <message>
        <source>{name} could not be created.</source>
        <translation>No se pudo crear {name}.</translation>
    </message>
    <message>
        <source>Not all that was begun for {name} could be removed.</source>
        <translation>No se pudo eliminar todo lo empezado para {name}.</translation>
    </message>
    <message>
        <source>{name} could not be uploaded.</source>
        <translation>No se pudo subir {name}.</translation>
    </message>
    <message>
        <source>Hardware acceleration of {name} could not be tested.</source>
        <translation>No se pudo probar la aceleración por hardware de {name}.</translation>
    </message>
    <message>
        <source>The sample guest could not be downloaded.</source>
        <translation>No se pudo descargar el invitado de muestra.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falló</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Interrumpido</translation>
    </message>
    <message>
        <source>Waiting its turn</source>
        <translation>Espera su turno</translation>
    </message>
    <message>
        <source>{done} of {all} done</source>
        <translation>{done} de {all} hechas</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Comprobando</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Descargando</translation>
    </message>
    <message>
        <source>Uploading</source>
        <translation>Subiendo</translation>
    </message>
    <message>
        <source>Making the disk</source>
        <translation>Creando el disco</translation>
    </message>
    <message>
        <source>Setting it up</source>
        <translation>Configurando</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Iniciando</translation>
    </message>
    <message>
        <source>Waiting for the guest, {time} at most</source>
        <translation>Esperando al invitado, {time} como máximo</translation>
    </message>
    <message>
        <source>Waiting for the guest</source>
        <translation>Esperando al invitado</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Guardando</translation>
    </message>
    <message>
        <source>Cleaning up</source>
        <translation>Limpiando</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>quedan {duration}</translation>
    </message>
    <message>
        <source>{name}: begun</source>
        <translation>{name}: empezado</translation>
    </message>
    <message>
        <source>{name}: done</source>
        <translation>{name}: hecho</translation>
    </message>
    <message>
        <source>{name}: failed</source>
        <translation>{name}: falló</translation>
    </message>
    <message>
        <source>{name}: left out, it is protected</source>
        <translation>{name}: omitida, está protegida</translation>
    </message>
    <message>
        <source>{name}: left out, not possible in the state it is in</source>
        <translation>{name}: omitida, no es posible en el estado en que está</translation>
    </message>
    <message>
        <source>{name}: cancelled</source>
        <translation>{name}: cancelado</translation>
    </message>
    <message>
        <source>{name}: waiting for the guest to act</source>
        <translation>{name}: esperando a que actúe el invitado</translation>
    </message>
    <message>
        <source>{name}: what was saved of it could not be read; it has booted</source>
        <translation>{name}: no se pudo leer lo que se había guardado; ha arrancado de nuevo</translation>
    </message>
    <message>
        <source>{name}: was not there any more</source>
        <translation>{name}: ya no estaba</translation>
    </message>
    <message>
        <source>{name}: forced off</source>
        <translation>{name}: apagada a la fuerza</translation>
    </message>
    <message>
        <source>{name}: removed from the host</source>
        <translation>{name}: quitada del host</translation>
    </message>
    <message>
        <source>{name}: deleted</source>
        <translation>{name}: eliminado</translation>
    </message>
    <message>
        <source>{name}: kept, since it is or may be needed by {needers}</source>
        <translation>{name}: se conserva, porque lo necesita o puede necesitarlo {needers}</translation>
    </message>
    <message>
        <source>{name}: kept, since it may be needed</source>
        <translation>{name}: se conserva, porque puede hacer falta</translation>
    </message>
    <message>
        <source>List of jobs</source>
        <translation>Lista de tareas</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Tarea</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Duración</translation>
    </message>
</context>
<context>
    <name>JobsLine</name>
    <message>
        <source>No jobs under way</source>
        <translation>Ninguna tarea en curso</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) under way</source>
        <translation>
            <numerusform>%n tarea en curso</numerusform>
            <numerusform>%n tareas en curso</numerusform>
        </translation>
    </message>
    <message>
        <source>Close the list of jobs</source>
        <translation>Cerrar la lista de tareas</translation>
    </message>
    <message>
        <source>Open the list of jobs</source>
        <translation>Abrir la lista de tareas</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cancel this job</source>
        <translation>Cancelar esta tarea</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Try this job again</source>
        <translation>Reintentar esta tarea</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
</context>
<context>
    <name>JobsPane</name>
    <message>
        <source>Jobs</source>
        <translation>Tareas</translation>
    </message>
    <message>
        <source>Log of the selected job</source>
        <translation>Registro de la tarea seleccionada</translation>
    </message>
    <message>
        <source>Select a job to see what happened.</source>
        <translation>Selecciona una tarea para ver qué pasó.</translation>
    </message>
    <message>
        <source>Nothing has been done yet. What you start appears here.</source>
        <translation>Aún no se ha hecho nada. Lo que inicies aparece aquí.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cancel the selected job</source>
        <translation>Cancelar la tarea seleccionada</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Try the selected job again</source>
        <translation>Reintentar la tarea seleccionada</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Borrar terminadas</translation>
    </message>
    <message>
        <source>Clear finished jobs</source>
        <translation>Borrar las tareas terminadas</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>Jobs</source>
        <translation>Tareas</translation>
    </message>
    <message>
        <source>Virtual machines</source>
        <translation>Máquinas virtuales</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Conexiones</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Redes</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alertas</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otros</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falló</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Interrumpido</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>Anotado</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problema</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Told by the host</source>
        <translation>Mensaje del host</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Took (s)</source>
        <translation>Duración (s)</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Código</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Detalle</translation>
    </message>
    <message>
        <source>Log of tasks and events</source>
        <translation>Registro de tareas y eventos</translation>
    </message>
</context>
<context>
    <name>JournalModel</name>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Duración</translation>
    </message>
</context>
<context>
    <name>JournalPane</name>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>Exportar como CSV</translation>
    </message>
    <message>
        <source>Save what is shown here as a CSV file</source>
        <translation>Guardar lo que se muestra aquí como archivo CSV</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Aún no ha pasado nada</translation>
    </message>
    <message>
        <source>What you do and what hosts tell is kept here.</source>
        <translation>Aquí se guarda lo que haces y lo que cuentan los hosts.</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nada coincide</translation>
    </message>
    <message>
        <source>No entry of the log is let through by the filter.</source>
        <translation>El filtro no deja pasar ninguna entrada del registro.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Borrar el filtro</translation>
    </message>
    <message>
        <source>The log cannot be kept on this computer: {problem}</source>
        <translation>No se puede guardar el registro en este equipo: {problem}</translation>
    </message>
    <message>
        <source>Export the log</source>
        <translation>Exportar el registro</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Archivos CSV (*.csv)</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Exportando…</translation>
    </message>
    <message>
        <source>{path} could not be written: {problem}</source>
        <translation>No se pudo escribir {path}: {problem}</translation>
    </message>
    <message>
        <source>{count} entries written to {path}</source>
        <translation>Entradas escritas en {path}: {count}</translation>
    </message>
</context>
<context>
    <name>JournalWindow</name>
    <message>
        <source>Log of tasks and events</source>
        <translation>Registro de tareas y eventos</translation>
    </message>
</context>
<context>
    <name>Lifecycle</name>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>Shut down</source>
        <translation>Apagar</translation>
    </message>
    <message>
        <source>Reboot</source>
        <translation>Reiniciar</translation>
    </message>
    <message>
        <source>Reset…</source>
        <translation>Restablecer…</translation>
    </message>
    <message>
        <source>Force off…</source>
        <translation>Forzar apagado…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Save state</source>
        <translation>Guardar estado</translation>
    </message>
    <message>
        <source>Discard saved state…</source>
        <translation>Descartar estado guardado…</translation>
    </message>
    <message>
        <source>Discard saved state and start…</source>
        <translation>Descartar el estado guardado e iniciar…</translation>
    </message>
    <message>
        <source>Start with new firmware variables…</source>
        <translation>Iniciar con variables de firmware nuevas…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Cambiar nombre…</translation>
    </message>
    <message>
        <source>&amp;New name</source>
        <translation>&amp;Nombre nuevo</translation>
    </message>
    <message>
        <source>Start with the host</source>
        <translation>Arrancar con el host</translation>
    </message>
    <message>
        <source>Protect from deletion</source>
        <translation>Proteger contra la eliminación</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>Cambiar el nombre de {name}</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
</context>
<context>
    <name>Limit</name>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
</context>
<context>
    <name>MachineCommands</name>
    <message>
        <source>Select a virtual machine first.</source>
        <translation>Selecciona primero una máquina virtual.</translation>
    </message>
    <message>
        <source>Select one virtual machine only.</source>
        <translation>Selecciona una sola máquina virtual.</translation>
    </message>
    <message>
        <source>Possible with {count} of {all} selected virtual machines.</source>
        <translation>Posible con {count} de {all} máquinas virtuales seleccionadas.</translation>
    </message>
</context>
<context>
    <name>Machines</name>
    <message>
        <source>Virtual machines</source>
        <translation>Máquinas virtuales</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Memoria en uso</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>vCPUs</source>
        <translation>vCPU</translation>
    </message>
    <message>
        <source>Autostart</source>
        <translation>Arranque automático</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>Tiempo en marcha</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistema</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
</context>
<context>
    <name>MachinesTab</name>
    <message>
        <source>Virtual machines</source>
        <translation>Máquinas virtuales</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n virtual machine(s) match the filter</source>
        <translation>
            <numerusform>{shown} de %n máquina virtual cumple el filtro</numerusform>
            <numerusform>{shown} de %n máquinas virtuales cumplen el filtro</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing here matches the filter.</source>
        <translation>Aquí nada cumple el filtro.</translation>
    </message>
    <message>
        <source>No virtual machines here yet.</source>
        <translation>Aquí aún no hay máquinas virtuales.</translation>
    </message>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n máquina virtual</numerusform>
            <numerusform>%n máquinas virtuales</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n seleccionada</numerusform>
            <numerusform>%n seleccionadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>This program was built without its wizard.</source>
        <translation>Este programa se construyó sin su asistente.</translation>
    </message>
</context>
<context>
    <name>MarkView</name>
    <message>
        <source>Make it so now: {label}</source>
        <translation>Aplicarlo ya: {label}</translation>
    </message>
    <message>
        <source>Revert: {label}</source>
        <translation>Revertir: {label}</translation>
    </message>
</context>
<context>
    <name>Media</name>
    <message>
        <source>Insert a medium…</source>
        <translation>Insertar un medio…</translation>
    </message>
    <message>
        <source>Eject the medium</source>
        <translation>Expulsar el medio</translation>
    </message>
    <message>
        <source>&amp;File on the host</source>
        <translation>&amp;Archivo en el host</translation>
    </message>
    <message>
        <source>&amp;Drive</source>
        <translation>&amp;Unidad</translation>
    </message>
    <message>
        <source>Choose a medium</source>
        <translation>Elegir un medio</translation>
    </message>
    <message>
        <source>Choose a file of this computer</source>
        <translation>Elegir un archivo de este equipo</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dónde</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Media of the host</source>
        <translation>Medios del host</translation>
    </message>
    <message>
        <source>Floppy drive</source>
        <translation>Disquetera</translation>
    </message>
    <message>
        <source>CD drive</source>
        <translation>Unidad de CD</translation>
    </message>
    <message>
        <source>{drive} (empty)</source>
        <translation>{drive} (vacía)</translation>
    </message>
    <message>
        <source>It is in the drive when the machine is next started afresh: the saved state goes on with what it had.</source>
        <translation>Estará en la unidad cuando la máquina se inicie desde cero: el estado guardado continúa con lo que tenía.</translation>
    </message>
    <message>
        <source>It is in the drive at once, and after the next start.</source>
        <translation>Queda en la unidad enseguida, y también tras el próximo inicio.</translation>
    </message>
    <message>
        <source>It is in the drive when the machine starts.</source>
        <translation>Estará en la unidad cuando se inicie la máquina.</translation>
    </message>
    <message>
        <source>Choose one of the list, or give its whole path.</source>
        <translation>Elige uno de la lista o escribe su ruta completa.</translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation>Examinando el archivo…</translation>
    </message>
    <message>
        <source>This image is based on another file, {path}: a drive cannot use it.</source>
        <translation>Esta imagen se basa en otro archivo, {path}: una unidad no puede usarla.</translation>
    </message>
    <message>
        <source>It can be used: “{label}”, {size}.</source>
        <translation>Se puede usar: «{label}», {size}.</translation>
    </message>
    <message>
        <source>It can be used: {size}.</source>
        <translation>Se puede usar: {size}.</translation>
    </message>
    <message>
        <source>Whether it can be used is not known: only the hypervisor can look at it, and will say so.</source>
        <translation>No se sabe si se puede usar: solo el hipervisor puede examinarlo, y lo dirá.</translation>
    </message>
    <message>
        <source>Recent · {place}</source>
        <translation>Reciente · {place}</translation>
    </message>
    <message>
        <source>This machine has no CD or floppy drive.</source>
        <translation>Esta máquina no tiene unidad de CD ni disquetera.</translation>
    </message>
    <message>
        <source>There is no medium in any drive of this machine.</source>
        <translation>No hay ningún medio en las unidades de esta máquina.</translation>
    </message>
    <message>
        <source>Open the tray of {drive} by force?</source>
        <translation>¿Abrir la bandeja de {drive} a la fuerza?</translation>
    </message>
    <message>
        <source>The guest in “{name}” has locked the tray, most likely because it uses the medium: unmount it there and try again.</source>
        <translation>El sistema invitado de «{name}» ha bloqueado la bandeja, seguramente porque usa el medio: desmóntalo allí y vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>By force, programs of the guest that read {medium} fail, and what it was writing is lost.</source>
        <translation>A la fuerza, fallan los programas del sistema invitado que leen {medium}, y se pierde lo que estaba escribiendo.</translation>
    </message>
    <message>
        <source>Open by force</source>
        <translation>Abrir a la fuerza</translation>
    </message>
</context>
<context>
    <name>MediaFlow</name>
    <message>
        <source>Eject a medium from {name}</source>
        <translation>Expulsar un medio de {name}</translation>
    </message>
    <message>
        <source>Eject</source>
        <translation>Expulsar</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>Virtual &amp;machine</source>
        <translation>&amp;Máquina virtual</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Shut down, reboot, reset, force off, save</source>
        <translation>Apagar, reiniciar, restablecer, forzar apagado, guardar</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>Only the beginning is shown: too long to be changed here</source>
        <translation>Solo se muestra el principio: es demasiado largo para cambiarlo aquí</translation>
    </message>
    <message numerus="yes">
        <source>Not saved: %n character(s) too long</source>
        <translation>
            <numerusform>Sin guardar: sobra %n carácter</numerusform>
            <numerusform>Sin guardar: sobran %n caracteres</numerusform>
        </translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Sin guardar</translation>
    </message>
    <message>
        <source>Changed meanwhile: somebody deleted these notes.</source>
        <translation>Cambiadas entretanto: alguien borró estas notas.</translation>
    </message>
    <message>
        <source>Changed meanwhile. The notes are now: “{text}”</source>
        <translation>Cambiadas entretanto. Las notas dicen ahora: «{text}»</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notas</translation>
    </message>
    <message>
        <source>What is this virtual machine for? Who looks after it?</source>
        <translation>¿Para qué es esta máquina virtual? ¿Quién la cuida?</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Save notes</source>
        <translation>Guardar notas</translation>
    </message>
</context>
<context>
    <name>NoticeDialog</name>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
    <message>
        <source>Touch your security key to log in to {host}</source>
        <translation>Toca tu llave de seguridad para iniciar sesión en {host}</translation>
    </message>
</context>
<context>
    <name>OneWindow</name>
    <message>
        <source>Another window of vmgui is open, but does not answer</source>
        <translation>Hay otra ventana de vmgui abierta, pero no responde</translation>
    </message>
    <message>
        <source>This is a second one. Both can be used; what is changed in either is kept.</source>
        <translation>Esta es una segunda. Puedes usar las dos; lo que cambies en cualquiera de ellas se conserva.</translation>
    </message>
    <message>
        <source>Process {process}</source>
        <translation>Proceso {process}</translation>
    </message>
</context>
<context>
    <name>OsList</name>
    <message>
        <source>Search, e.g. “debian 12” or “windows”</source>
        <translation>Buscar, p. ej. «debian 12» o «windows»</translation>
    </message>
    <message>
        <source>Search operating systems</source>
        <translation>Buscar sistemas operativos</translation>
    </message>
    <message>
        <source>Operating systems</source>
        <translation>Sistemas operativos</translation>
    </message>
    <message>
        <source>&amp;Show systems no longer supported</source>
        <translation>&amp;Mostrar sistemas sin soporte</translation>
    </message>
    <message>
        <source>No system matches. Try fewer words, or show systems no longer supported.</source>
        <translation>Ningún sistema coincide. Prueba con menos palabras o muestra los sistemas sin soporte.</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En marcha</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>Sistema operativo</translation>
    </message>
    <message>
        <source>Name in the guest</source>
        <translation>Nombre en el invitado</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Direcciones</translation>
    </message>
    <message>
        <source>from the guest agent</source>
        <translation>del agente de invitado</translation>
    </message>
    <message>
        <source>from the network&apos;s DHCP</source>
        <translation>del DHCP de la red</translation>
    </message>
    <message>
        <source>seen by the host</source>
        <translation>visto por el host</translation>
    </message>
    <message>
        <source>Not known: the guest has no agent and took no address from a network of this host.</source>
        <translation>No se sabe: el invitado no tiene agente ni tomó dirección de una red de este host.</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identificador</translation>
    </message>
    <message>
        <source>{cpus}, up to {maximum}</source>
        <translation>{cpus}, hasta {maximum}</translation>
    </message>
    <message>
        <source>{memory}, up to {maximum}</source>
        <translation>{memory}, hasta {maximum}</translation>
    </message>
    <message>
        <source>{used} in use</source>
        <translation>{used} en uso</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>Machine type</source>
        <translation>Tipo de máquina</translation>
    </message>
    <message>
        <source>Disks</source>
        <translation>Discos</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Not connected to any network</source>
        <translation>Sin conexión a ninguna red</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Pantalla</translation>
    </message>
    <message>
        <source>the host&apos;s own processor</source>
        <translation>el propio procesador del host</translation>
    </message>
    <message>
        <source>like the host&apos;s processor</source>
        <translation>como el procesador del host</translation>
    </message>
    <message>
        <source>all the features there are</source>
        <translation>todas las funciones que hay</translation>
    </message>
    <message>
        <source>a chosen model</source>
        <translation>un modelo elegido</translation>
    </message>
    <message>
        <source>hardware acceleration</source>
        <translation>aceleración por hardware</translation>
    </message>
    <message>
        <source>emulated, slow</source>
        <translation>emulada, lenta</translation>
    </message>
    <message>
        <source>BIOS</source>
        <translation>BIOS</translation>
    </message>
    <message>
        <source>UEFI</source>
        <translation>UEFI</translation>
    </message>
    <message>
        <source>UEFI with secure boot</source>
        <translation>UEFI con arranque seguro</translation>
    </message>
    <message>
        <source>TPM</source>
        <translation>TPM</translation>
    </message>
    <message>
        <source>Empty drive</source>
        <translation>Unidad vacía</translation>
    </message>
    <message>
        <source>CD drive</source>
        <translation>unidad de CD</translation>
    </message>
    <message>
        <source>floppy drive</source>
        <translation>disquetera</translation>
    </message>
    <message>
        <source>passed-through disk</source>
        <translation>disco directo</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>disco</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>solo lectura</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>compartido</translation>
    </message>
    <message>
        <source>Network {name}</source>
        <translation>Red {name}</translation>
    </message>
    <message>
        <source>Bridge {name}</source>
        <translation>Puente {name}</translation>
    </message>
    <message>
        <source>Shared with the host&apos;s user (NAT)</source>
        <translation>Compartida con el usuario del host (NAT)</translation>
    </message>
    <message>
        <source>Directly on {name}</source>
        <translation>Directa en {name}</translation>
    </message>
    <message>
        <source>cable unplugged</source>
        <translation>cable desconectado</translation>
    </message>
    <message>
        <source>Shared folders</source>
        <translation>Carpetas compartidas</translation>
    </message>
    <message>
        <source>Devices of the host</source>
        <translation>Dispositivos del host</translation>
    </message>
    <message>
        <source>Show overview</source>
        <translation>Mostrar resumen</translation>
    </message>
</context>
<context>
    <name>OverviewPane</name>
    <message>
        <source>Overview</source>
        <translation>Resumen</translation>
    </message>
    <message>
        <source>State and guest</source>
        <translation>Estado e invitado</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Start with the host</source>
        <translation>Arrancar con el host</translation>
    </message>
</context>
<context>
    <name>PageTab</name>
    <message>
        <source>Performance</source>
        <translation>Rendimiento</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>Changed, not saved</source>
        <translation>Con cambios sin guardar</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Search…</source>
        <translation>Buscar…</translation>
    </message>
</context>
<context>
    <name>PaletteDialog</name>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search for an action, a virtual machine or a host</source>
        <translation>Busca una acción, una máquina virtual o un host</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Encontrado</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>No se encontró nada.</translation>
    </message>
</context>
<context>
    <name>PasswordPage</name>
    <message>
        <source>This screen is protected by a password</source>
        <translation>Esta pantalla está protegida con contraseña</translation>
    </message>
    <message>
        <source>The connection to it is not encrypted: others on the network may see what you see.</source>
        <translation>La conexión no está cifrada: otros en la red pueden ver lo que ves.</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Usuario</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Contraseña</translation>
    </message>
    <message>
        <source>Show the screen</source>
        <translation>Mostrar la pantalla</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
</context>
<context>
    <name>PathControl</name>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
</context>
<context>
    <name>Performance</name>
    <message>
        <source>read</source>
        <translation>lectura</translation>
    </message>
    <message>
        <source>write</source>
        <translation>escritura</translation>
    </message>
    <message>
        <source>received</source>
        <translation>recibido</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>enviado</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disco</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
</context>
<context>
    <name>PerformancePane</name>
    <message>
        <source>Performance</source>
        <translation>Rendimiento</translation>
    </message>
    <message>
        <source>Nothing was recorded in this time</source>
        <translation>No se registró nada en este periodo</translation>
    </message>
    <message>
        <source>vmgui records what runs while it runs itself. Choose a longer time to look further back.</source>
        <translation>vmgui registra lo que está en marcha mientras él mismo está abierto. Elige un periodo más largo para ver más atrás.</translation>
    </message>
    <message>
        <source>No history yet</source>
        <translation>Aún no hay historial</translation>
    </message>
    <message>
        <source>vmgui records while it runs.</source>
        <translation>vmgui registra datos mientras está abierto.</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Guardar como CSV</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tablas (*.csv)</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}</source>
        <translation>No se puede escribir {path}: {reason}</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>Guardado como {path}</translation>
    </message>
    <message>
        <source>The history file could not be read. It is kept as {path}; a new history has begun.</source>
        <translation>No se pudo leer el archivo del historial. Se conserva como {path}; ha empezado un historial nuevo.</translation>
    </message>
    <message>
        <source>The history in {path} is of a newer vmgui. It is left as it is; only the last ten minutes are shown.</source>
        <translation>El historial en {path} es de un vmgui más nuevo. Se deja como está; solo se muestran los últimos diez minutos.</translation>
    </message>
    <message>
        <source>The history cannot be kept in {path} now: {reason}. vmgui tries again every minute.</source>
        <translation>Ahora no se puede guardar el historial en {path}: {reason}. vmgui lo reintenta cada minuto.</translation>
    </message>
    <message>
        <source>Another vmgui is running and records the history; this window shows what it writes.</source>
        <translation>Otro vmgui está abierto y registra el historial; esta ventana muestra lo que escribe.</translation>
    </message>
</context>
<context>
    <name>PlansModel</name>
    <message>
        <source>Virtual machine</source>
        <translation>Máquina virtual</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Qué pasa con ello</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Se queda</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Se elimina</translation>
    </message>
    <message>
        <source>Forced off and deleted</source>
        <translation>Se apaga a la fuerza y se elimina</translation>
    </message>
    <message>
        <source>Stays: it is running</source>
        <translation>Se queda: está en marcha</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>In words</source>
        <translation>En palabras</translation>
    </message>
    <message>
        <source>XML now</source>
        <translation>XML ahora</translation>
    </message>
    <message>
        <source>XML after the next start</source>
        <translation>XML tras el próximo inicio</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Órdenes</translation>
    </message>
    <message>
        <source>Copy the preview</source>
        <translation>Copiar la vista previa</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>Finding out what would happen…</source>
        <translation>Averiguando qué pasaría…</translation>
    </message>
    <message>
        <source>Parts of the preview</source>
        <translation>Partes de la vista previa</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>No host that answers has a virtual machine called “{name}”.</source>
        <translation>Ningún host que responde tiene una máquina virtual llamada «{name}».</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Force off {name}?</source>
        <translation>¿Forzar el apagado de {name}?</translation>
    </message>
    <message>
        <source>It is like pulling the plug: the guest gets no time to save anything.</source>
        <translation>Es como tirar del enchufe: el invitado no tiene tiempo de guardar nada.</translation>
    </message>
    <message>
        <source>What its programs have not written to disk is lost. Try “Shut down” first.</source>
        <translation>Se pierde lo que sus programas no hayan escrito en disco. Prueba antes «Apagar».</translation>
    </message>
    <message>
        <source>Force off</source>
        <translation>Forzar apagado</translation>
    </message>
    <message>
        <source>Reset {name}?</source>
        <translation>¿Restablecer {name}?</translation>
    </message>
    <message>
        <source>It is like pressing the reset button: the guest starts anew at once.</source>
        <translation>Es como pulsar el botón de reinicio: el invitado empieza de nuevo al instante.</translation>
    </message>
    <message>
        <source>What its programs have not written to disk is lost. Try “Reboot” first.</source>
        <translation>Se pierde lo que sus programas no hayan escrito en disco. Prueba antes «Reiniciar».</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Discard the saved state of {name}?</source>
        <translation>¿Descartar el estado guardado de {name}?</translation>
    </message>
    <message>
        <source>The next start will be a boot from its disks, as after a power cut.</source>
        <translation>El próximo inicio arrancará desde sus discos, como tras un corte de luz.</translation>
    </message>
    <message>
        <source>What ran when it was saved is lost; its disks stay.</source>
        <translation>Se pierde lo que estaba en marcha al guardarla; sus discos se quedan.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Discard the saved state of {name} and start?</source>
        <translation>¿Descartar el estado guardado de {name} e iniciar?</translation>
    </message>
    <message>
        <source>It boots from its disks, as after a power cut.</source>
        <translation>Arranca desde sus discos, como tras un corte de luz.</translation>
    </message>
    <message>
        <source>Discard and start</source>
        <translation>Descartar e iniciar</translation>
    </message>
    <message>
        <source>Start {name} with new firmware variables?</source>
        <translation>¿Iniciar {name} con variables de firmware nuevas?</translation>
    </message>
    <message>
        <source>Its UEFI begins as on a new machine: with the keys that its host gives it, and without those that were added, its settings and the order of its systems.</source>
        <translation>Su UEFI empieza como en una máquina nueva: con las claves que le da su host, y sin las que se añadieron, sin sus ajustes ni el orden de sus sistemas.</translation>
    </message>
    <message>
        <source>What the firmware remembers is lost; its disks stay. A disk that is encrypted with its TPM may ask for the recovery key.</source>
        <translation>Se pierde lo que recuerda el firmware; sus discos se quedan. Un disco cifrado con su TPM puede pedir la clave de recuperación.</translation>
    </message>
    <message>
        <source>Start with new variables</source>
        <translation>Iniciar con variables nuevas</translation>
    </message>
    <message>
        <source>Shut down {name}?</source>
        <translation>¿Apagar {name}?</translation>
    </message>
    <message>
        <source>Each guest is asked to shut down by itself.</source>
        <translation>Se pide a cada invitado que se apague por sí mismo.</translation>
    </message>
    <message>
        <source>Shut down</source>
        <translation>Apagar</translation>
    </message>
    <message>
        <source>Reboot {name}?</source>
        <translation>¿Reiniciar {name}?</translation>
    </message>
    <message>
        <source>Each guest is asked to restart by itself.</source>
        <translation>Se pide a cada invitado que se reinicie por sí mismo.</translation>
    </message>
    <message>
        <source>Reboot</source>
        <translation>Reiniciar</translation>
    </message>
    <message>
        <source>Pause {name}?</source>
        <translation>¿Pausar {name}?</translation>
    </message>
    <message>
        <source>Their processors stop until they are resumed.</source>
        <translation>Sus procesadores se detienen hasta que las reanudes.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Resume {name}?</source>
        <translation>¿Reanudar {name}?</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reanudar</translation>
    </message>
    <message>
        <source>Save the state of {name}?</source>
        <translation>¿Guardar el estado de {name}?</translation>
    </message>
    <message>
        <source>Their memory is written to their hosts’ disks, and they are turned off.</source>
        <translation>Su memoria se escribe en los discos de sus hosts y se apagan.</translation>
    </message>
    <message>
        <source>Save state</source>
        <translation>Guardar estado</translation>
    </message>
    <message>
        <source>Start {name}?</source>
        <translation>¿Iniciar {name}?</translation>
    </message>
    <message>
        <source>A few on each host at a time; it can be cancelled.</source>
        <translation>Unas pocas a la vez en cada host; se puede cancelar.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Quit without saving your changes?</source>
        <translation>¿Salir sin guardar los cambios?</translation>
    </message>
    <message>
        <source>What was changed there and not saved is lost.</source>
        <translation>Lo que se cambió ahí y no se guardó se pierde.</translation>
    </message>
    <message>
        <source>Quit while jobs are under way?</source>
        <translation>¿Salir con tareas en curso?</translation>
    </message>
    <message>
        <source>They are cancelled; what cannot be cancelled may go on or stay half-done on the host.</source>
        <translation>Se cancelan; lo que no se pueda cancelar puede seguir o quedar a medias en el host.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Quedarme</translation>
    </message>
</context>
<context>
    <name>RangeBar</name>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>The last ten minutes</source>
        <translation>Los últimos diez minutos</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 hora</translation>
    </message>
    <message>
        <source>The last hour</source>
        <translation>La última hora</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 día</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>Las últimas 24 horas</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 semana</translation>
    </message>
    <message>
        <source>The last seven days</source>
        <translation>Los últimos siete días</translation>
    </message>
    <message>
        <source>1 month</source>
        <translation>1 mes</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>Los últimos 30 días</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Guardar como CSV</translation>
    </message>
    <message>
        <source>Save the values of the shown time as a table (CSV)</source>
        <translation>Guardar los valores del periodo mostrado como tabla (CSV)</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>Its host is not connected.</source>
        <translation>Su host no está conectado.</translation>
    </message>
    <message>
        <source>Its host is connected read-only.</source>
        <translation>Su host está conectado en solo lectura.</translation>
    </message>
    <message>
        <source>This kind of host cannot do it.</source>
        <translation>Este tipo de host no puede hacerlo.</translation>
    </message>
    <message>
        <source>It is running already.</source>
        <translation>Ya está en marcha.</translation>
    </message>
    <message>
        <source>It is not running.</source>
        <translation>No está en marcha.</translation>
    </message>
    <message>
        <source>It is paused: resume it first.</source>
        <translation>Está en pausa: reanúdala primero.</translation>
    </message>
    <message>
        <source>It is paused already.</source>
        <translation>Ya está en pausa.</translation>
    </message>
    <message>
        <source>It is not paused.</source>
        <translation>No está en pausa.</translation>
    </message>
    <message>
        <source>It is being saved or moved.</source>
        <translation>Se está guardando o moviendo.</translation>
    </message>
    <message>
        <source>The guest has put itself to sleep.</source>
        <translation>El invitado se ha puesto a dormir.</translation>
    </message>
    <message>
        <source>It has no saved state.</source>
        <translation>No tiene estado guardado.</translation>
    </message>
    <message>
        <source>It has to be shut down first.</source>
        <translation>Primero hay que apagarla.</translation>
    </message>
    <message>
        <source>It has a saved state: restore or discard it first.</source>
        <translation>Tiene un estado guardado: restáuralo o descártalo primero.</translation>
    </message>
    <message>
        <source>It exists only while it runs, so there is nowhere to keep this.</source>
        <translation>Solo existe mientras está en marcha, así que no hay dónde guardar esto.</translation>
    </message>
    <message>
        <source>It is protected: turn off “Protect from deletion” first.</source>
        <translation>Está protegida: desactiva primero «Proteger contra la eliminación».</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Ponle un nombre.</translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation>Este nombre es demasiado largo.</translation>
    </message>
    <message>
        <source>A name cannot contain “/”.</source>
        <translation>Un nombre no puede contener «/».</translation>
    </message>
    <message>
        <source>A name cannot be just dots.</source>
        <translation>Un nombre no puede ser solo puntos.</translation>
    </message>
    <message>
        <source>The name contains a character that cannot be seen. Remove it.</source>
        <translation>El nombre contiene un carácter que no se ve. Quítalo.</translation>
    </message>
    <message>
        <source>Remove the space before or after the name.</source>
        <translation>Quita el espacio antes o después del nombre.</translation>
    </message>
    <message>
        <source>“{name}” is taken on this host. Choose another name.</source>
        <translation>«{name}» ya está en uso en este host. Elige otro nombre.</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>Force off…</source>
        <translation>Forzar apagado…</translation>
    </message>
    <message>
        <source>Discard saved state and start…</source>
        <translation>Descartar el estado guardado e iniciar…</translation>
    </message>
    <message>
        <source>Start what they need and try again</source>
        <translation>Iniciar lo que necesitan y reintentar</translation>
    </message>
    <message>
        <source>Start the storage pool “{name}” and try again</source>
        <translation>Iniciar el grupo de almacenamiento «{name}» y reintentar</translation>
    </message>
    <message>
        <source>Start the network “{name}” and try again</source>
        <translation>Iniciar la red «{name}» y reintentar</translation>
    </message>
</context>
<context>
    <name>Resources</name>
    <message>
        <source>Sizes of the disks</source>
        <translation>Tamaños de los discos</translation>
    </message>
    <message>
        <source>CPU weight and limit</source>
        <translation>Peso y límite de CPU</translation>
    </message>
    <message>
        <source>Limits of {disk}</source>
        <translation>Límites de {disk}</translation>
    </message>
    <message>
        <source>Limits of network card {mac}</source>
        <translation>Límites de la tarjeta de red {mac}</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
    </message>
    <message>
        <source>This machine exists only while it runs: the change is lost when it stops.</source>
        <translation>Esta máquina solo existe mientras está en marcha: el cambio se pierde cuando se detiene.</translation>
    </message>
    <message>
        <source>Limit reading and writing apart, or their total: not both. A burst may go beyond its limit for a short time.</source>
        <translation>Limita la lectura y la escritura por separado, o su total: no ambas cosas. Una ráfaga puede superar su límite durante poco tiempo.</translation>
    </message>
    <message>
        <source>The limit holds on average. A burst is how much may go through faster, and the peak how fast that may be.</source>
        <translation>El límite se cumple en promedio. La ráfaga es cuánto puede pasar más deprisa, y el pico, a qué velocidad como máximo.</translation>
    </message>
    <message>
        <source>The weight counts while processors are scarce: twice as much gets twice the time ({least} to {most}, by default {default}). The limit is for each CPU: 100 % is all of one processor.</source>
        <translation>El peso cuenta cuando faltan procesadores: el doble recibe el doble de tiempo (de {least} a {most}; por omisión, {default}). El límite es por cada CPU: 100 % es un procesador entero.</translation>
    </message>
    <message>
        <source>given to others</source>
        <translation>en otras</translation>
    </message>
    <message>
        <source>{setting} (now {value})</source>
        <translation>{setting} (ahora {value})</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Predeterminado</translation>
    </message>
    <message>
        <source>A network card of this kind cannot be limited.</source>
        <translation>Una tarjeta de red de este tipo no se puede limitar.</translation>
    </message>
    <message>
        <source>Now {now}, after the next start {then}</source>
        <translation>Ahora {now}; tras el próximo inicio, {then}</translation>
    </message>
    <message>
        <source>Show resources</source>
        <translation>Mostrar recursos</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>Borrar la búsqueda</translation>
    </message>
</context>
<context>
    <name>SecretDialog</name>
    <message>
        <source>That was not accepted. Try again.</source>
        <translation>No se aceptó. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Mostrar lo que se escribe</translation>
    </message>
    <message>
        <source>Remember it in this computer&apos;s keyring</source>
        <translation>Recordar en el llavero de este equipo</translation>
    </message>
    <message>
        <source>You are asked once; vmgui forgets it when it ends.</source>
        <translation>Se te pregunta una vez; vmgui olvida la respuesta al cerrarse.</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Log in to {host}</source>
        <translation>Iniciar sesión en {host}</translation>
    </message>
    <message>
        <source>Password of {account}</source>
        <translation>Contraseña de {account}</translation>
    </message>
    <message>
        <source>Passphrase of the SSH key {file}</source>
        <translation>Frase de contraseña de la clave SSH {file}</translation>
    </message>
    <message>
        <source>PIN of {what}</source>
        <translation>PIN de {what}</translation>
    </message>
    <message>
        <source>The host asks {account}, in its own words:
{words}</source>
        <translation>El host pregunta a {account}, con sus propias palabras:
{words}</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Frase de contraseña</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
</context>
<context>
    <name>SelectionPane</name>
    <message>
        <source>Your hosts are not known now</source>
        <translation>Ahora no se conocen tus hosts</translation>
    </message>
    <message>
        <source>The file with the list of hosts cannot be used. Nothing of it is lost.</source>
        <translation>El archivo con la lista de hosts no se puede usar. No se ha perdido nada de él.</translation>
    </message>
    <message>
        <source>Connect to a host</source>
        <translation>Conectar a un host</translation>
    </message>
    <message>
        <source>Welcome to vmgui</source>
        <translation>Te damos la bienvenida a vmgui</translation>
    </message>
    <message>
        <source>Connect to a computer that runs virtual machines. It can be this one.</source>
        <translation>Conéctate a un equipo que ejecute máquinas virtuales. Puede ser este.</translation>
    </message>
    <message>
        <source>No virtual machines yet</source>
        <translation>Aún no hay máquinas virtuales</translation>
    </message>
    <message>
        <source>All you need is an installer CD image or a disk image.</source>
        <translation>Solo necesitas una imagen de CD de instalación o de disco.</translation>
    </message>
    <message>
        <source>Create your first virtual machine</source>
        <translation>Crea tu primera máquina virtual</translation>
    </message>
    <message>
        <source>No host is connected</source>
        <translation>Ningún host está conectado</translation>
    </message>
    <message>
        <source>Select a host at the left to see what is the matter.</source>
        <translation>Selecciona un host a la izquierda para ver qué ocurre.</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>Open the console of the selected virtual machine</source>
        <translation>Abrir la consola de la máquina virtual seleccionada</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Leave the filter, close a dialog</source>
        <translation>Salir del filtro, cerrar un diálogo</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Running</source>
        <translation>En marcha</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Shutting down</source>
        <translation>Apagándose</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Apagada</translation>
    </message>
    <message>
        <source>Crashed</source>
        <translation>Caída</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Dormida</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Guardada</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Desconocido</translation>
    </message>
    <message>
        <source>Paused by itself: a disk could not be read or written. Free space on the host, then resume.</source>
        <translation>Se pausó sola: no se pudo leer o escribir un disco. Libera espacio en el host y reanúdala.</translation>
    </message>
    <message>
        <source>Paused by its watchdog: the guest stopped answering.</source>
        <translation>La pausó su vigilante: el invitado dejó de responder.</translation>
    </message>
    <message>
        <source>Paused because the guest crashed.</source>
        <translation>En pausa porque el invitado falló.</translation>
    </message>
    <message>
        <source>Paused while its state is being saved.</source>
        <translation>En pausa mientras se guarda su estado.</translation>
    </message>
    <message>
        <source>Paused while it moves to another host.</source>
        <translation>En pausa mientras pasa a otro host.</translation>
    </message>
    <message>
        <source>Paused while a snapshot is taken.</source>
        <translation>En pausa mientras se toma una instantánea.</translation>
    </message>
    <message>
        <source>Paused because its move to another host failed half-way.</source>
        <translation>En pausa porque su paso a otro host falló a medio camino.</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Desconectado</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conectando…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Inaccesible</translation>
    </message>
    <message>
        <source>Login refused</source>
        <translation>Acceso rechazado</translation>
    </message>
    <message>
        <source>protected</source>
        <translation>protegida</translation>
    </message>
    <message>
        <source>Protected from deletion and from being forced off</source>
        <translation>Protegida contra la eliminación y el apagado forzado</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>{connected} of %n host(s)</source>
        <translation>
            <numerusform>{connected} de %n host</numerusform>
            <numerusform>{connected} de %n hosts</numerusform>
        </translation>
    </message>
    <message>
        <source>{running} running of {all}</source>
        <translation>{running} en marcha de {all}</translation>
    </message>
    <message numerus="yes">
        <source>%n host(s) without an answer</source>
        <translation>
            <numerusform>%n host sin respuesta</numerusform>
            <numerusform>%n hosts sin respuesta</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slow host(s)</source>
        <translation>
            <numerusform>%n host lento</numerusform>
            <numerusform>%n hosts lentos</numerusform>
        </translation>
    </message>
    <message>
        <source>updated {age}</source>
        <translation>actualizado {age}</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
</context>
<context>
    <name>StepModel</name>
    <message>
        <source>something is wrong here</source>
        <translation>aquí hay algo mal</translation>
    </message>
    <message>
        <source>has a warning</source>
        <translation>tiene una advertencia</translation>
    </message>
    <message>
        <source>done</source>
        <translation>hecho</translation>
    </message>
</context>
<context>
    <name>StoredFiles</name>
    <message>
        <source>List of hosts</source>
        <translation>Lista de hosts</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>Vistas guardadas</translation>
    </message>
    <message>
        <source>Alert settings</source>
        <translation>Ajustes de avisos</translation>
    </message>
    <message>
        <source>Changes of machines</source>
        <translation>Cambios de las máquinas</translation>
    </message>
    <message>
        <source>Media inserted last</source>
        <translation>Últimos medios insertados</translation>
    </message>
    <message>
        <source>What was learnt about hosts</source>
        <translation>Lo que se sabe de los hosts</translation>
    </message>
    <message>
        <source>{what}: cannot be read now: {reason}</source>
        <translation>{what}: ahora no se puede leer: {reason}</translation>
    </message>
    <message>
        <source>The file is left as it is and tried again. What you change meanwhile is saved once it can be read.</source>
        <translation>El archivo se deja como está y se vuelve a intentar. Lo que cambies mientras tanto se guardará cuando se pueda leer.</translation>
    </message>
    <message>
        <source>{what}: the file is of a newer vmgui</source>
        <translation>{what}: el archivo es de un vmgui más nuevo</translation>
    </message>
    <message>
        <source>It is read as far as possible and left as it is. What you change now lasts until vmgui ends.</source>
        <translation>Se lee lo que se puede y se deja como está. Lo que cambies ahora durará hasta que vmgui termine.</translation>
    </message>
    <message>
        <source>{what}: changes are not saved: {reason}</source>
        <translation>{what}: los cambios no se han guardado: {reason}</translation>
    </message>
    <message>
        <source>They are in effect, and saving them has been tried since {time}. The file on the disk is as it was before.</source>
        <translation>Ya tienen efecto, y se intenta guardarlos desde {time}. El archivo en el disco está como antes.</translation>
    </message>
    <message>
        <source>{what}: the damaged file was put aside</source>
        <translation>{what}: el archivo dañado se ha apartado</translation>
    </message>
    <message>
        <source>A new one is in its place. The details say where the damaged one is.</source>
        <translation>Hay uno nuevo en su lugar. Los detalles dicen dónde está el dañado.</translation>
    </message>
    <message>
        <source>{what}: the file is damaged, the copy of {time} is used</source>
        <translation>{what}: el archivo está dañado, se usa la copia de {time}</translation>
    </message>
    <message>
        <source>{what}: the file is damaged and cannot be used</source>
        <translation>{what}: el archivo está dañado y no se puede usar</translation>
    </message>
    <message>
        <source>It is put aside at the next change.</source>
        <translation>Se apartará con el próximo cambio.</translation>
    </message>
    <message>
        <source>{what}: the file is damaged</source>
        <translation>{what}: el archivo está dañado</translation>
    </message>
    <message>
        <source>There is a copy of {time}. The damaged file is put aside, whatever you choose; nothing is deleted.</source>
        <translation>Hay una copia de {time}. Elijas lo que elijas, el archivo dañado se aparta; no se borra nada.</translation>
    </message>
    <message>
        <source>There is no copy. Mend the file, and it is read at once; or start with an empty list, and it is put aside.</source>
        <translation>No hay copia. Arregla el archivo y se leerá en seguida, o empieza con una lista vacía y se apartará.</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>A password made by chance takes the place of the stars.</source>
        <translation>Una contraseña aleatoria sustituye a los asteriscos.</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Máquina</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>Sistema operativo</translation>
    </message>
    <message>
        <source>CPU and memory</source>
        <translation>CPU y memoria</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>Después</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Change: {what}</source>
        <translation>Cambiar: {what}</translation>
    </message>
    <message>
        <source>&amp;Edit XML</source>
        <translation>&amp;Editar XML</translation>
    </message>
    <message>
        <source>Back to the &amp;form&apos;s values</source>
        <translation>Volver a los valores del &amp;formulario</translation>
    </message>
    <message>
        <source>The XML is well formed; the host checks the rest.</source>
        <translation>El XML está bien formado; el host comprueba lo demás.</translation>
    </message>
</context>
<context>
    <name>SystemNames</name>
    <message>
        <source>Generic</source>
        <translation>Genérico</translation>
    </message>
    <message>
        <source>Generic Linux</source>
        <translation>Linux genérico</translation>
    </message>
    <message>
        <source>Generic Linux {year}</source>
        <translation>Linux genérico {year}</translation>
    </message>
    <message>
        <source>{system}, unknown version</source>
        <translation>{system}, versión desconocida</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otros</translation>
    </message>
</context>
<context>
    <name>SystemPage</name>
    <message>
        <source>You chose {name}; detected was {detected}.</source>
        <translation>Elegiste {name}; se detectó {detected}.</translation>
    </message>
    <message>
        <source>Use {detected}</source>
        <translation>Usar {detected}</translation>
    </message>
    <message>
        <source>You chose {name}.</source>
        <translation>Elegiste {name}.</translation>
    </message>
    <message>
        <source>Looking at the medium…</source>
        <translation>Mirando el medio…</translation>
    </message>
    <message>
        <source>Choose the system you are going to install: it gets fitting devices and sizes.</source>
        <translation>Elige el sistema que vas a instalar: recibe dispositivos y tamaños adecuados.</translation>
    </message>
    <message>
        <source>The system was not recognised. Choose it to give it fitting devices and sizes, or go on: generic settings work for most.</source>
        <translation>No se reconoció el sistema. Elígelo para darle dispositivos y tamaños adecuados, o continúa: los ajustes genéricos sirven para la mayoría.</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Sort by</source>
        <translation>Ordenar por</translation>
    </message>
    <message>
        <source>Last first</source>
        <translation>Orden descendente</translation>
    </message>
    <message>
        <source>Usual columns</source>
        <translation>Columnas habituales</translation>
    </message>
</context>
<context>
    <name>TableTab</name>
    <message>
        <source>Nothing here yet.</source>
        <translation>Aquí no hay nada todavía.</translation>
    </message>
</context>
<context>
    <name>Tabs</name>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Resumen</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Consola</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>Recursos</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware virtual</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Panel general</translation>
    </message>
    <message>
        <source>Details of the virtual machine</source>
        <translation>Detalles de la máquina virtual</translation>
    </message>
    <message>
        <source>Details of the host</source>
        <translation>Detalles del host</translation>
    </message>
    <message>
        <source>Details of all hosts</source>
        <translation>Detalles de todos los hosts</translation>
    </message>
    <message>
        <source>Tabs: {of}</source>
        <translation>Pestañas: {of}</translation>
    </message>
</context>
<context>
    <name>Tags</name>
    <message>
        <source>Tags and folder…</source>
        <translation>Etiquetas y carpeta…</translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message>
        <source>Tags and folder of {name}</source>
        <translation>Etiquetas y carpeta de {name}</translation>
    </message>
    <message>
        <source>Kept with the virtual machine on its host: colleagues see them too.</source>
        <translation>Se guardan con la máquina virtual en su host: tus colegas también las ven.</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>&amp;Etiquetas</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>&amp;New tag</source>
        <translation>&amp;Nueva etiqueta</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Nueva etiqueta</translation>
    </message>
    <message>
        <source>web, production …</source>
        <translation>web, producción …</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Add the tag</source>
        <translation>Añadir la etiqueta</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>None, or for example Customers/Shop</source>
        <translation>Ninguna o, por ejemplo, Clientes/Tienda</translation>
    </message>
    <message>
        <source>They are in different folders: left so</source>
        <translation>Están en carpetas distintas: se dejan así</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message numerus="yes">
        <source>%n more cannot be changed now and are left out.</source>
        <translation>
            <numerusform>%n más no se puede cambiar ahora y se omite.</numerusform>
            <numerusform>%n más no se pueden cambiar ahora y se omiten.</numerusform>
        </translation>
    </message>
    <message>
        <source>{tag} ({count} of {all})</source>
        <translation>{tag} ({count} de {all})</translation>
    </message>
</context>
<context>
    <name>Undo</name>
    <message>
        <source>Looking at the changes of {name}…</source>
        <translation>Mirando los cambios de {name}…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notas</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Etiquetas</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Maximum CPUs</source>
        <translation>CPU máximas</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Maximum memory</source>
        <translation>Memoria máxima</translation>
    </message>
    <message>
        <source>CPU weight</source>
        <translation>Peso de CPU</translation>
    </message>
    <message>
        <source>CPU limit</source>
        <translation>Límite de CPU</translation>
    </message>
    <message>
        <source>CPU model, layout or pinning</source>
        <translation>Modelo, distribución o fijación de la CPU</translation>
    </message>
    <message>
        <source>Memory options</source>
        <translation>Opciones de memoria</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>Boot order</source>
        <translation>Orden de arranque</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Reloj</translation>
    </message>
    <message>
        <source>Machine settings</source>
        <translation>Ajustes de la máquina</translation>
    </message>
    <message>
        <source>XML</source>
        <translation>XML</translation>
    </message>
    <message>
        <source>Disk {name}</source>
        <translation>Disco {name}</translation>
    </message>
    <message>
        <source>CD drive {name}</source>
        <translation>Unidad de CD {name}</translation>
    </message>
    <message>
        <source>Floppy drive {name}</source>
        <translation>Disquetera {name}</translation>
    </message>
    <message>
        <source>SCSI disk {name}</source>
        <translation>Disco SCSI {name}</translation>
    </message>
    <message>
        <source>Network card {name}</source>
        <translation>Tarjeta de red {name}</translation>
    </message>
    <message>
        <source>Controller {name}</source>
        <translation>Controladora {name}</translation>
    </message>
    <message>
        <source>Shared folder {name}</source>
        <translation>Carpeta compartida {name}</translation>
    </message>
    <message>
        <source>Input device {name}</source>
        <translation>Dispositivo de entrada {name}</translation>
    </message>
    <message>
        <source>Sound card {name}</source>
        <translation>Tarjeta de sonido {name}</translation>
    </message>
    <message>
        <source>Host device {name}</source>
        <translation>Dispositivo del host {name}</translation>
    </message>
    <message>
        <source>Display {name}</source>
        <translation>Pantalla {name}</translation>
    </message>
    <message>
        <source>Video card {name}</source>
        <translation>Tarjeta de vídeo {name}</translation>
    </message>
    <message>
        <source>Console {name}</source>
        <translation>Consola {name}</translation>
    </message>
    <message>
        <source>Serial port {name}</source>
        <translation>Puerto serie {name}</translation>
    </message>
    <message>
        <source>Parallel port {name}</source>
        <translation>Puerto paralelo {name}</translation>
    </message>
    <message>
        <source>Channel {name}</source>
        <translation>Canal {name}</translation>
    </message>
    <message>
        <source>USB redirection {name}</source>
        <translation>Redirección USB {name}</translation>
    </message>
    <message>
        <source>Random number generator {name}</source>
        <translation>Generador de números aleatorios {name}</translation>
    </message>
    <message>
        <source>TPM {name}</source>
        <translation>TPM {name}</translation>
    </message>
    <message>
        <source>Memory module {name}</source>
        <translation>Módulo de memoria {name}</translation>
    </message>
    <message>
        <source>Watchdog {name}</source>
        <translation>Perro guardián {name}</translation>
    </message>
    <message>
        <source>Memory balloon {name}</source>
        <translation>Globo de memoria {name}</translation>
    </message>
    <message>
        <source>Device {name}</source>
        <translation>Dispositivo {name}</translation>
    </message>
    <message>
        <source>{what} added</source>
        <translation>{what}: se ha añadido</translation>
    </message>
    <message>
        <source>{what} removed</source>
        <translation>{what}: se ha quitado</translation>
    </message>
    <message>
        <source>{what}: limits changed</source>
        <translation>{what}: límites cambiados</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>Protección activada</translation>
    </message>
    <message>
        <source>Not protected any more</source>
        <translation>Protección desactivada</translation>
    </message>
    <message>
        <source>{what} changed</source>
        <translation>{what}: cambio</translation>
    </message>
    <message>
        <source>{what}: {before} ejected</source>
        <translation>{what}: se ha expulsado {before}</translation>
    </message>
    <message>
        <source>{what}: {after} inserted</source>
        <translation>{what}: se ha insertado {after}</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sin límite</translation>
    </message>
    <message>
        <source>default</source>
        <translation>predeterminado</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>before {time}</source>
        <translation>antes de {time}</translation>
    </message>
    <message>
        <source>Another program</source>
        <translation>Otro programa</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Por</translation>
    </message>
    <message>
        <source>What was changed</source>
        <translation>Qué se cambió</translation>
    </message>
    <message>
        <source>It stays called {name}.</source>
        <translation>Sigue llamándose {name}.</translation>
    </message>
    <message>
        <source>It stays protected.</source>
        <translation>Sigue protegida.</translation>
    </message>
    <message>
        <source>Disk {name} stays the file it is now: a snapshot or a copy may have moved it since.</source>
        <translation>El disco {name} sigue en el archivo de ahora: una instantánea o una copia puede haberlo movido desde entonces.</translation>
    </message>
    <message>
        <source>Disk {name} comes back: the machine does not start if its file has been deleted.</source>
        <translation>El disco {name} vuelve: la máquina no arranca si se ha borrado su archivo.</translation>
    </message>
    <message>
        <source>Disk {name} is taken out of the machine; its file stays.</source>
        <translation>El disco {name} se quita de la máquina; su archivo se conserva.</translation>
    </message>
    <message>
        <source>Disk {name} keeps its size: a disk that was grown cannot be shrunk.</source>
        <translation>El disco {name} conserva su tamaño: un disco ampliado no se puede reducir.</translation>
    </message>
    <message>
        <source>The {name} display has the password that it has now.</source>
        <translation>La pantalla {name} conserva la contraseña que tiene ahora.</translation>
    </message>
    <message>
        <source>The {name} display comes back WITHOUT a password: if it had one, set it again at once.</source>
        <translation>La pantalla {name} vuelve SIN contraseña: si tenía una, ponla de nuevo enseguida.</translation>
    </message>
    <message>
        <source>Disk {name} comes back WITHOUT the cookies for its web server: give them again.</source>
        <translation>El disco {name} vuelve SIN las cookies de su servidor web: indícalas de nuevo.</translation>
    </message>
    <message>
        <source>This also takes back later changes: {changes}</source>
        <translation>Esto también deshace cambios posteriores: {changes}</translation>
    </message>
    <message>
        <source>After this:</source>
        <translation>Después de esto:</translation>
    </message>
    <message>
        <source>Its saved state keeps what it was saved with, until it has been shut down once.</source>
        <translation>Su estado guardado conserva lo que tenía al guardarse, hasta que se haya apagado una vez.</translation>
    </message>
    <message>
        <source>It is running: this takes effect at the next start.</source>
        <translation>Está en marcha: esto tendrá efecto en el próximo arranque.</translation>
    </message>
    <message>
        <source>Undo the last change of {name}?</source>
        <translation>¿Deshacer el último cambio de {name}?</translation>
    </message>
    <message>
        <source>Restore {name} to what it was before this change?</source>
        <translation>¿Restaurar {name} a lo que era antes de este cambio?</translation>
    </message>
    <message>
        <source>{who}, {when}: {what}</source>
        <translation>{who}, {when}: {what}</translation>
    </message>
    <message>
        <source>You can undo this, too.</source>
        <translation>También podrás deshacer esto.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>No change of {name} is known that could be undone.</source>
        <translation>No se conoce ningún cambio de {name} que se pueda deshacer.</translation>
    </message>
    <message>
        <source>{name} is already as it was before this change.</source>
        <translation>{name} ya está como antes de este cambio.</translation>
    </message>
</context>
<context>
    <name>UndoCommands</name>
    <message>
        <source>Undo the last change…</source>
        <translation>Deshacer el último cambio…</translation>
    </message>
    <message>
        <source>Changes…</source>
        <translation>Cambios…</translation>
    </message>
</context>
<context>
    <name>Uptime</name>
    <message>
        <source>up {duration}</source>
        <translation>en marcha desde hace {duration}</translation>
    </message>
    <message>
        <source>up for more than {duration}</source>
        <translation>en marcha desde hace más de {duration}</translation>
    </message>
</context>
<context>
    <name>UriDanger</name>
    <message>
        <source>Starts a program here that the address names: only if you know it.</source>
        <translation>Inicia aquí un programa que la dirección nombra: solo si lo conoces.</translation>
    </message>
    <message>
        <source>Does not check that it is the right host: somebody else could answer in its place.</source>
        <translation>No comprueba que sea el host correcto: otro podría responder en su lugar.</translation>
    </message>
    <message>
        <source>Not encrypted: whoever is on the way there can read and change everything.</source>
        <translation>Sin cifrar: quien esté en el camino puede leerlo y cambiarlo todo.</translation>
    </message>
    <message>
        <source>Uses a socket that is not libvirt&apos;s own: whoever made it answers.</source>
        <translation>Usa un socket que no es el de libvirt: responde quien lo haya creado.</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Save this view</source>
        <translation>Guardar esta vista</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Replaces the saved view of this name.</source>
        <translation>Sustituye la vista guardada con este nombre.</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
</context>
<context>
    <name>ViewsMenu</name>
    <message>
        <source>Delete a saved view</source>
        <translation>Eliminar una vista guardada</translation>
    </message>
    <message>
        <source>Grouping, order and saved views</source>
        <translation>Agrupación, orden y vistas guardadas</translation>
    </message>
    <message>
        <source>Filter: {text}</source>
        <translation>Filtro: {text}</translation>
    </message>
</context>
<context>
    <name>VolumeChooser</name>
    <message>
        <source>This host has no active storage pool.</source>
        <translation>Este host no tiene ningún grupo de almacenamiento activo.</translation>
    </message>
    <message>
        <source>{pool} (does not answer)</source>
        <translation>{pool} (no responde)</translation>
    </message>
    <message>
        <source>Reading the pool…</source>
        <translation>Leyendo el grupo…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read because of their names.</source>
        <translation>
            <numerusform>No se pudo leer %n archivo a causa de su nombre.</numerusform>
            <numerusform>No se pudieron leer %n archivos a causa de sus nombres.</numerusform>
        </translation>
    </message>
    <message>
        <source>No volume matches.</source>
        <translation>Ningún volumen coincide.</translation>
    </message>
    <message>
        <source>This pool is empty.</source>
        <translation>Este grupo está vacío.</translation>
    </message>
    <message>
        <source>Choose a volume on {host}</source>
        <translation>Elige un volumen en {host}</translation>
    </message>
    <message>
        <source>Storage &amp;pools</source>
        <translation>&amp;Grupos de almacenamiento</translation>
    </message>
    <message>
        <source>Storage pools</source>
        <translation>Grupos de almacenamiento</translation>
    </message>
    <message>
        <source>Search volumes</source>
        <translation>Buscar volúmenes</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>Volúmenes</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;Elegir</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} libres</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>Panel siguiente</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>Panel anterior</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>About vmgui</source>
        <translation>Acerca de vmgui</translation>
    </message>
    <message>
        <source>Theme: like the desktop</source>
        <translation>Tema: como el escritorio</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Tema: claro</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Tema: oscuro</translation>
    </message>
    <message>
        <source>Language: like the desktop</source>
        <translation>Idioma: como el escritorio</translation>
    </message>
</context>
<context>
    <name>WindowDocks</name>
    <message>
        <source>Inventory</source>
        <translation>Inventario</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Tareas</translation>
    </message>
</context>
<context>
    <name>WindowMenus</name>
    <message>
        <source>Tool bar</source>
        <translation>Barra de herramientas</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>You are going on where you left off.</source>
        <translation>Continúas donde lo dejaste.</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Empezar de nuevo</translation>
    </message>
</context>
<context>
    <name>WizardFooter</name>
    <message>
        <source>Mend what is marked to go on.</source>
        <translation>Corrige lo marcado para continuar.</translation>
    </message>
    <message>
        <source>{step}: {problem}</source>
        <translation>{step}: {problem}</translation>
    </message>
    <message>
        <source>Start &amp;over</source>
        <translation>Empezar de nue&amp;vo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Atrás</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Siguiente</translation>
    </message>
    <message>
        <source>Close; your answers are kept</source>
        <translation>Cerrar; tus respuestas se guardan</translation>
    </message>
</context>
<context>
    <name>Xml</name>
    <message>
        <source>XML…</source>
        <translation>XML…</translation>
    </message>
    <message>
        <source>XML not applied</source>
        <translation>XML sin aplicar</translation>
    </message>
    <message>
        <source>Its XML has changes that are not applied. Show them.</source>
        <translation>Su XML tiene cambios sin aplicar. Muéstralos.</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Combinar</translation>
    </message>
    <message>
        <source>Reload, without mine</source>
        <translation>Recargar, sin lo mío</translation>
    </message>
    <message>
        <source>It was cancelled; nothing was changed.</source>
        <translation>Se ha cancelado; no se ha cambiado nada.</translation>
    </message>
    <message>
        <source>Line {line}, or near it: {what}</source>
        <translation>Línea {line}, o cerca de ella: {what}</translation>
    </message>
    <message>
        <source>Line {line}: {what}</source>
        <translation>Línea {line}: {what}</translation>
    </message>
    <message>
        <source>{host} did not take the definition of “{name}”, which stays as it was. {what}</source>
        <translation>{host} no ha aceptado la definición de «{name}», que queda como estaba. {what}</translation>
    </message>
    <message>
        <source>The definition of “{name}” stays as it was. {what}</source>
        <translation>La definición de «{name}» queda como estaba. {what}</translation>
    </message>
    <message>
        <source>Both changed the lines {lines}: yours stand there now. Look at them before you apply.</source>
        <translation>Las líneas {lines} las han cambiado ambos: ahora están ahí las tuyas. Míralas antes de aplicar.</translation>
    </message>
    <message>
        <source>“{old}” is “{new}” now</source>
        <translation>«{old}» ahora es «{new}»</translation>
    </message>
    <message>
        <source>“{new}” is new</source>
        <translation>«{new}» es nuevo</translation>
    </message>
    <message>
        <source>“{old}” is gone</source>
        <translation>«{old}» ya no está</translation>
    </message>
    <message>
        <source>Changed by others meanwhile: {what}.</source>
        <translation>Otros lo han cambiado entretanto: {what}.</translation>
    </message>
    <message>
        <source>Changed by others meanwhile: {what}, and more. The preview has all.</source>
        <translation>Otros lo han cambiado entretanto: {what}, y más. La vista previa lo tiene todo.</translation>
    </message>
    <message>
        <source>Define {name} anew?</source>
        <translation>¿Definir {name} de nuevo?</translation>
    </message>
    <message>
        <source>Define</source>
        <translation>Definir</translation>
    </message>
    <message>
        <source>there is nothing here. A definition begins with &lt;{tag}&gt;.</source>
        <translation>aquí no hay nada. Una definición empieza por &lt;{tag}&gt;.</translation>
    </message>
    <message>
        <source>this is no XML: it has to begin with &lt;{tag}&gt;.</source>
        <translation>esto no es XML: tiene que empezar por &lt;{tag}&gt;.</translation>
    </message>
    <message>
        <source>&lt;/{other}&gt; ends what &lt;{element}&gt; began in line {line}.</source>
        <translation>&lt;/{other}&gt; cierra lo que &lt;{element}&gt; abrió en la línea {line}.</translation>
    </message>
    <message>
        <source>&lt;{element}&gt; of line {line} has no end: &lt;/{element}&gt; is missing.</source>
        <translation>&lt;{element}&gt; de la línea {line} no tiene fin: falta &lt;/{element}&gt;.</translation>
    </message>
    <message>
        <source>something stands behind the end of the definition.</source>
        <translation>hay algo detrás del final de la definición.</translation>
    </message>
    <message>
        <source>the value of an attribute has to stand in quotes.</source>
        <translation>el valor de un atributo tiene que ir entre comillas.</translation>
    </message>
    <message>
        <source>the attribute “{attribute}” has no value.</source>
        <translation>el atributo «{attribute}» no tiene valor.</translation>
    </message>
    <message>
        <source>the attribute “{attribute}” stands here twice.</source>
        <translation>el atributo «{attribute}» está dos veces aquí.</translation>
    </message>
    <message>
        <source>“&amp;” has to be written as &amp;amp; here.</source>
        <translation>«&amp;» se tiene que escribir aquí como &amp;amp;.</translation>
    </message>
    <message>
        <source>“&lt;” has to be written as &amp;lt; in a value.</source>
        <translation>«&lt;» se tiene que escribir como &amp;lt; en un valor.</translation>
    </message>
    <message>
        <source>the tag &lt;{element}&gt; is not finished.</source>
        <translation>la etiqueta &lt;{element}&gt; no está terminada.</translation>
    </message>
    <message>
        <source>this is no proper tag.</source>
        <translation>esto no es una etiqueta correcta.</translation>
    </message>
    <message>
        <source>a document type is not allowed here.</source>
        <translation>aquí no se permite un tipo de documento.</translation>
    </message>
    <message>
        <source>it is larger than {size}, which is too much for a definition.</source>
        <translation>ocupa más de {size}, demasiado para una definición.</translation>
    </message>
    <message>
        <source>the line is longer than {chars} characters.</source>
        <translation>la línea tiene más de {chars} caracteres.</translation>
    </message>
    <message>
        <source>the definition of a machine begins with &lt;{tag}&gt;, not with &lt;{element}&gt;.</source>
        <translation>la definición de una máquina empieza por &lt;{tag}&gt;, no por &lt;{element}&gt;.</translation>
    </message>
    <message>
        <source>the machine is called “{value}” here. To call it otherwise, use “Rename” in its menu.</source>
        <translation>la máquina se llama aquí «{value}». Para llamarla de otra manera, usa «Cambiar nombre» en su menú.</translation>
    </message>
    <message>
        <source>the identifier of the machine cannot be changed; it is {value}.</source>
        <translation>el identificador de la máquina no se puede cambiar; es {value}.</translation>
    </message>
    <message>
        <source>this is what the machine runs with, which is more than its definition. Begin with “vmgui xml --saved”.</source>
        <translation>esto es aquello con lo que la máquina está en marcha, que es más que su definición. Parte de «vmgui xml --saved».</translation>
    </message>
    <message>
        <source>&lt;{element}&gt; is not known in &lt;{other}&gt;, or stands there too often.</source>
        <translation>&lt;{element}&gt; no se conoce en &lt;{other}&gt;, o está ahí demasiadas veces.</translation>
    </message>
    <message>
        <source>&lt;{element}&gt; is not known here.</source>
        <translation>&lt;{element}&gt; no se conoce aquí.</translation>
    </message>
    <message>
        <source>there may be no text in &lt;{element}&gt; outside of its elements.</source>
        <translation>no puede haber texto en &lt;{element}&gt; fuera de sus elementos.</translation>
    </message>
    <message>
        <source>the attribute “{attribute}” of &lt;{element}&gt;, or its value, is not known.</source>
        <translation>el atributo «{attribute}» de &lt;{element}&gt;, o su valor, no se conoce.</translation>
    </message>
    <message>
        <source>“{value}” is no possible value for “{attribute}” of &lt;{element}&gt;.</source>
        <translation>«{value}» no es un valor posible para «{attribute}» de &lt;{element}&gt;.</translation>
    </message>
    <message>
        <source>“{value}” is no possible value for &lt;{element}&gt;.</source>
        <translation>«{value}» no es un valor posible para &lt;{element}&gt;.</translation>
    </message>
    <message>
        <source>“{value}” is no possible value.</source>
        <translation>«{value}» no es un valor posible.</translation>
    </message>
    <message>
        <source>&lt;{element}&gt; is missing in &lt;{other}&gt;.</source>
        <translation>falta &lt;{element}&gt; en &lt;{other}&gt;.</translation>
    </message>
    <message>
        <source>&lt;{element}&gt; is missing.</source>
        <translation>falta &lt;{element}&gt;.</translation>
    </message>
    <message>
        <source>an element, an attribute or a value in &lt;{element}&gt; is not known.</source>
        <translation>un elemento, un atributo o un valor de &lt;{element}&gt; no se conoce.</translation>
    </message>
    <message>
        <source>“{detail}”</source>
        <translation>«{detail}»</translation>
    </message>
</context>
<context>
    <name>XmlHead</name>
    <message>
        <source>Now</source>
        <translation>Ahora</translation>
    </message>
    <message>
        <source>After the next start</source>
        <translation>Tras el próximo inicio</translation>
    </message>
    <message>
        <source>It is off.</source>
        <translation>Está apagada.</translation>
    </message>
    <message>
        <source>Has changes that are not applied.</source>
        <translation>Tiene cambios sin aplicar.</translation>
    </message>
    <message>
        <source>What it runs with; it can only be read.</source>
        <translation>Con lo que está funcionando; solo se puede leer.</translation>
    </message>
    <message>
        <source>It can only be read. {why}</source>
        <translation>Solo se puede leer. {why}</translation>
    </message>
    <message>
        <source>What is changed here applies from the next start on.</source>
        <translation>Lo que cambies aquí se aplica desde el próximo inicio.</translation>
    </message>
    <message>
        <source>A password is shown as ***** and stays unless you write another.</source>
        <translation>Una contraseña se ve como ***** y se queda mientras no escribas otra.</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation>Buscar (Ctrl+F)</translation>
    </message>
</context>
<context>
    <name>XmlWindow</name>
    <message>
        <source>The machine is not there any more.</source>
        <translation>La máquina ya no está.</translation>
    </message>
    <message>
        <source>It is too large to be edited here.</source>
        <translation>Es demasiado grande para editarlo aquí.</translation>
    </message>
    <message>
        <source>It has characters that an editor cannot keep.</source>
        <translation>Tiene caracteres que un editor no puede conservar.</translation>
    </message>
    <message>
        <source>XML of {name} on {host}</source>
        <translation>XML de {name} en {host}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>It cannot be shown here. {why} “vmgui xml” prints it.</source>
        <translation>No se puede mostrar aquí. {why} «vmgui xml» lo imprime.</translation>
    </message>
    <message>
        <source>Reading it…</source>
        <translation>Leyéndolo…</translation>
    </message>
    <message>
        <source>Go to line {line}</source>
        <translation>Ir a la línea {line}</translation>
    </message>
    <message>
        <source>Applying it…</source>
        <translation>Aplicándolo…</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) changed, for the next start</source>
        <translation>
            <numerusform>%n línea cambiada, para el próximo inicio</numerusform>
            <numerusform>%n líneas cambiadas, para el próximo inicio</numerusform>
        </translation>
    </message>
    <message>
        <source>XML after the next start</source>
        <translation>XML tras el próximo inicio</translation>
    </message>
    <message>
        <source>XML now</source>
        <translation>XML de ahora</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%n are off already and will be skipped.</source>
        <translation>
            <numerusform>%n ya está apagada y se omitirá.</numerusform>
            <numerusform>%n ya están apagadas y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are not running and will be skipped.</source>
        <translation>
            <numerusform>%n no está en marcha y se omitirá.</numerusform>
            <numerusform>%n no están en marcha y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are running already and will be skipped.</source>
        <translation>
            <numerusform>%n ya está en marcha y se omitirá.</numerusform>
            <numerusform>%n ya están en marcha y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are paused already and will be skipped.</source>
        <translation>
            <numerusform>%n ya está en pausa y se omitirá.</numerusform>
            <numerusform>%n ya están en pausa y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are paused and will be skipped.</source>
        <translation>
            <numerusform>%n está en pausa y se omitirá.</numerusform>
            <numerusform>%n están en pausa y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are not paused and will be skipped.</source>
        <translation>
            <numerusform>%n no está en pausa y se omitirá.</numerusform>
            <numerusform>%n no están en pausa y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have no saved state and will be skipped.</source>
        <translation>
            <numerusform>%n no tiene estado guardado y se omitirá.</numerusform>
            <numerusform>%n no tienen estado guardado y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are protected and will be skipped.</source>
        <translation>
            <numerusform>%n está protegida y se omitirá.</numerusform>
            <numerusform>%n están protegidas y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are on hosts that are not connected and will be skipped.</source>
        <translation>
            <numerusform>%n está en un host no conectado y se omitirá.</numerusform>
            <numerusform>%n están en hosts no conectados y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are on hosts connected read-only and will be skipped.</source>
        <translation>
            <numerusform>%n está en un host conectado en solo lectura y se omitirá.</numerusform>
            <numerusform>%n están en hosts conectados en solo lectura y se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is not possible with %n now: they will be skipped.</source>
        <translation>
            <numerusform>Ahora no es posible con %n: se omitirá.</numerusform>
            <numerusform>Ahora no es posible con %n: se omitirán.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s): {names}</source>
        <translation>
            <numerusform>%n instantánea: {names}</numerusform>
            <numerusform>%n instantáneas: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checkpoint(s): {names}</source>
        <translation>
            <numerusform>%n punto de control: {names}</numerusform>
            <numerusform>%n puntos de control: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with {size} will be deleted. This cannot be undone.</source>
        <translation>
            <numerusform>Se eliminará %n archivo con {size}. No se puede deshacer.</numerusform>
            <numerusform>Se eliminarán %n archivos con {size}. No se puede deshacer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of the storage pool {pool} could not be read because of their names.</source>
        <translation>
            <numerusform>No se pudo leer %n archivo del grupo de almacenamiento {pool} a causa de su nombre.</numerusform>
            <numerusform>No se pudieron leer %n archivos del grupo de almacenamiento {pool} a causa de sus nombres.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) will be others from the next start on.</source>
        <translation>
            <numerusform>%n línea será otra desde el próximo inicio.</numerusform>
            <numerusform>%n líneas serán otras desde el próximo inicio.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more change(s)</source>
        <translation>
            <numerusform>y %n cambio más</numerusform>
            <numerusform>y %n cambios más</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) {when}: {which}</source>
        <translation>
            <numerusform>%n cambio {when}: {which}</numerusform>
            <numerusform>%n cambios {when}: {which}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) kept: {which}</source>
        <translation>
            <numerusform>%n cambio pendiente de aplicar: {which}</numerusform>
            <numerusform>%n cambios pendientes de aplicar: {which}</numerusform>
        </translation>
    </message>
</context>
</TS>
