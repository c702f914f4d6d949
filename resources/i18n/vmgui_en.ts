<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AlertBell</name>
    <message numerus="yes">
        <source>%n active alert(s)</source>
        <translation>
            <numerusform>%n active alert</numerusform>
            <numerusform>%n active alerts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkPage</name>
    <message numerus="yes">
        <source>%n virtual machine(s) selected</source>
        <translation>
            <numerusform>%n virtual machine selected</numerusform>
            <numerusform>%n virtual machines selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s) succeeded.</source>
        <translation>
            <numerusform>%n other succeeded.</numerusform>
            <numerusform>%n others succeeded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n virtual CPU(s)</source>
        <translation>
            <numerusform>%n virtual CPU</numerusform>
            <numerusform>%n virtual CPUs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n virtual machine</numerusform>
            <numerusform>%n virtual machines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{machines} on %n hosts</source>
        <translation>
            <numerusform>{machines} on %n host</numerusform>
            <numerusform>{machines} on %n hosts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message numerus="yes">
        <source>%n file(s) with {size} will be deleted. This cannot be undone.</source>
        <translation>
            <numerusform>%n file with {size} will be deleted. This cannot be undone.</numerusform>
            <numerusform>%n files with {size} will be deleted. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete with %n file(s)</source>
        <translation>
            <numerusform>Delete with %n file</numerusform>
            <numerusform>Delete with %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeleteManyDialog</name>
    <message numerus="yes">
        <source>{why} %n virtual machine(s) there are left out.</source>
        <translation>
            <numerusform>{why} %n virtual machine there is left out.</numerusform>
            <numerusform>{why} %n virtual machines there are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also delete %n disk(s) that other virtual machines may need</source>
        <translation>
            <numerusform>Also delete %n disk that other virtual machines may need</numerusform>
            <numerusform>Also delete %n disks that other virtual machines may need</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Force off and delete the %n that are running, too</source>
        <translation>
            <numerusform>Force off and delete the one that is running, too</numerusform>
            <numerusform>Force off and delete the %n that are running, too</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with {size} will be deleted. This cannot be undone.</source>
        <translation>
            <numerusform>%n file with {size} will be deleted. This cannot be undone.</numerusform>
            <numerusform>%n files with {size} will be deleted. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running virtual machine(s) will be left as they are.</source>
        <translation>
            <numerusform>%n running virtual machine will be left as it is.</numerusform>
            <numerusform>%n running virtual machines will be left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n virtual machine(s)</source>
        <translation>
            <numerusform>Delete %n virtual machine</numerusform>
            <numerusform>Delete %n virtual machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FleetHead</name>
    <message numerus="yes">
        <source>{connected} of %n host(s) connected</source>
        <translation>
            <numerusform>{connected} of %n host connected</numerusform>
            <numerusform>{connected} of %n hosts connected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostCommands</name>
    <message numerus="yes">
        <source>%n host(s) written to {file}</source>
        <translation>
            <numerusform>%n host written to {file}</numerusform>
            <numerusform>%n hosts written to {file}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n host(s) imported</source>
        <translation>
            <numerusform>%n host imported</numerusform>
            <numerusform>%n hosts imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostHead</name>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n virtual machine</numerusform>
            <numerusform>%n virtual machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobsLine</name>
    <message numerus="yes">
        <source>%n job(s) under way</source>
        <translation>
            <numerusform>%n job under way</numerusform>
            <numerusform>%n jobs under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MachinesTab</name>
    <message numerus="yes">
        <source>{shown} of %n virtual machine(s) match the filter</source>
        <translation>
            <numerusform>{shown} of %n virtual machine matches the filter</numerusform>
            <numerusform>{shown} of %n virtual machines match the filter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n virtual machine(s)</source>
        <translation>
            <numerusform>%n virtual machine</numerusform>
            <numerusform>%n virtual machines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message numerus="yes">
        <source>Not saved: %n character(s) too long</source>
        <translation>
            <numerusform>Not saved: %n character too long</numerusform>
            <numerusform>Not saved: %n characters too long</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>{connected} of %n host(s)</source>
        <translation>
            <numerusform>{connected} of %n host</numerusform>
            <numerusform>{connected} of %n hosts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n host(s) without an answer</source>
        <translation>
            <numerusform>%n host without an answer</numerusform>
            <numerusform>%n hosts without an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slow host(s)</source>
        <translation>
            <numerusform>%n slow host</numerusform>
            <numerusform>%n slow hosts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TagsDialog</name>
    <message numerus="yes">
        <source>%n more cannot be changed now and are left out.</source>
        <translation>
            <numerusform>%n more cannot be changed now and is left out.</numerusform>
            <numerusform>%n more cannot be changed now and are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VolumeChooser</name>
    <message numerus="yes">
        <source>%n file(s) could not be read because of their names.</source>
        <translation>
            <numerusform>%n file could not be read because of its name.</numerusform>
            <numerusform>%n files could not be read because of their names.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>XmlWindow</name>
    <message numerus="yes">
        <source>%n line(s) changed, for the next start</source>
        <translation>
            <numerusform>%n line changed, for the next start</numerusform>
            <numerusform>%n lines changed, for the next start</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%n are off already and will be skipped.</source>
        <translation>
            <numerusform>%n is off already and will be skipped.</numerusform>
            <numerusform>%n are off already and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are not running and will be skipped.</source>
        <translation>
            <numerusform>%n is not running and will be skipped.</numerusform>
            <numerusform>%n are not running and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are running already and will be skipped.</source>
        <translation>
            <numerusform>%n is running already and will be skipped.</numerusform>
            <numerusform>%n are running already and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are paused already and will be skipped.</source>
        <translation>
            <numerusform>%n is paused already and will be skipped.</numerusform>
            <numerusform>%n are paused already and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are paused and will be skipped.</source>
        <translation>
            <numerusform>%n is paused and will be skipped.</numerusform>
            <numerusform>%n are paused and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are not paused and will be skipped.</source>
        <translation>
            <numerusform>%n is not paused and will be skipped.</numerusform>
            <numerusform>%n are not paused and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have no saved state and will be skipped.</source>
        <translation>
            <numerusform>%n have no saved state and will be skipped.</numerusform>
            <numerusform>%n have no saved state and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are protected and will be skipped.</source>
        <translation>
            <numerusform>%n is protected and will be skipped.</numerusform>
            <numerusform>%n are protected and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are on hosts that are not connected and will be skipped.</source>
        <translation>
            <numerusform>%n is on hosts that are not connected and will be skipped.</numerusform>
            <numerusform>%n are on hosts that are not connected and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are on hosts connected read-only and will be skipped.</source>
        <translation>
            <numerusform>%n is on hosts connected read-only and will be skipped.</numerusform>
            <numerusform>%n are on hosts connected read-only and will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is not possible with %n now: they will be skipped.</source>
        <translation>
            <numerusform>It is not possible with %n now: it will be skipped.</numerusform>
            <numerusform>It is not possible with %n now: they will be skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s): {names}</source>
        <translation>
            <numerusform>%n snapshot: {names}</numerusform>
            <numerusform>%n snapshots: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checkpoint(s): {names}</source>
        <translation>
            <numerusform>%n checkpoint: {names}</numerusform>
            <numerusform>%n checkpoints: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) with {size} will be deleted. This cannot be undone.</source>
        <translation>
            <numerusform>%n file with {size} will be deleted. This cannot be undone.</numerusform>
            <numerusform>%n files with {size} will be deleted. This cannot be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) of the storage pool {pool} could not be read because of their names.</source>
        <translation>
            <numerusform>%n file of the storage pool {pool} could not be read because of its name.</numerusform>
            <numerusform>%n files of the storage pool {pool} could not be read because of their names.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) will be others from the next start on.</source>
        <translation>
            <numerusform>%n line will be another from the next start on.</numerusform>
            <numerusform>%n lines will be others from the next start on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more change(s)</source>
        <translation>
            <numerusform>and %n more change</numerusform>
            <numerusform>and %n more changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) {when}: {which}</source>
        <translation>
            <numerusform>%n change {when}: {which}</numerusform>
            <numerusform>%n changes {when}: {which}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) kept: {which}</source>
        <translation>
            <numerusform>%n change kept: {which}</numerusform>
            <numerusform>%n changes kept: {which}</numerusform>
        </translation>
    </message>
</context>
</TS>
