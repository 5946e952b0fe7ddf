/** `/api/system/metrics` of the scenario `document`, written by hand from the firmware's rules; no code made it. */
export const DOCUMENT_SYSTEM = `# HELP emsesp_system_uptimesec uptimeSec
# TYPE emsesp_system_uptimesec gauge
emsesp_system_uptimesec 442573
# HELP emsesp_system_freemem freeMem
# TYPE emsesp_system_freemem gauge
emsesp_system_freemem 131
# HELP emsesp_system_maxalloc maxAlloc
# TYPE emsesp_system_maxalloc gauge
emsesp_system_maxalloc 87
# HELP emsesp_system_freecaps freeCaps
# TYPE emsesp_system_freecaps gauge
emsesp_system_freecaps 7904
# HELP emsesp_system_usedapp usedApp
# TYPE emsesp_system_usedapp gauge
emsesp_system_usedapp 2141
# HELP emsesp_system_freeapp freeApp
# TYPE emsesp_system_freeapp gauge
emsesp_system_freeapp 3939
# HELP emsesp_system_flash_chip_size flash_chip_size
# TYPE emsesp_system_flash_chip_size gauge
emsesp_system_flash_chip_size 16384
# HELP emsesp_system_psram psram
# TYPE emsesp_system_psram gauge
emsesp_system_psram 1
# HELP emsesp_system_psramsize psramSize
# TYPE emsesp_system_psramsize gauge
emsesp_system_psramsize 8192
# HELP emsesp_system_freepsram freePsram
# TYPE emsesp_system_freepsram gauge
emsesp_system_freepsram 8011
# HELP emsesp_system_temperature temperature
# TYPE emsesp_system_temperature gauge
emsesp_system_temperature 45.00
# HELP emsesp_system_info info
# TYPE emsesp_system_info gauge
emsesp_system_info{version="3.8.0", platform="ESP32", cputype="ESP32-S3", arduino="Tasmota Arduino v2.0.18", sdk="4.4.8.240628", partition="app0", resetreason="Software reset CPU / Software reset CPU", model="BBQKees Electronics EMS Gateway E32 V2 (E32 V2.2 P3/2024011)"} 1
# HELP emsesp_network_rssi RSSI
# TYPE emsesp_network_rssi gauge
emsesp_network_rssi -61
# HELP emsesp_network_wifireconnects WIFIReconnects
# TYPE emsesp_network_wifireconnects gauge
emsesp_network_wifireconnects 1
# HELP emsesp_network_txpowersetting TxPowerSetting
# TYPE emsesp_network_txpowersetting gauge
emsesp_network_txpowersetting 0
# HELP emsesp_network_staticip staticIP
# TYPE emsesp_network_staticip gauge
emsesp_network_staticip 0
# HELP emsesp_network_lowbandwidth lowBandwidth
# TYPE emsesp_network_lowbandwidth gauge
emsesp_network_lowbandwidth 0
# HELP emsesp_network_disablesleep disableSleep
# TYPE emsesp_network_disablesleep gauge
emsesp_network_disablesleep 1
# HELP emsesp_network_enablemdns enableMDNS
# TYPE emsesp_network_enablemdns gauge
emsesp_network_enablemdns 1
# HELP emsesp_network_enablecors enableCORS
# TYPE emsesp_network_enablecors gauge
emsesp_network_enablecors 0
# HELP emsesp_network_info info
# TYPE emsesp_network_info gauge
emsesp_network_info{network="WiFi", hostname="ems-esp", bssid="set"} 1
# HELP emsesp_ntp_enabled enabled
# TYPE emsesp_ntp_enabled gauge
emsesp_ntp_enabled 1
# HELP emsesp_ntp_info info
# TYPE emsesp_ntp_info gauge
emsesp_ntp_info{ntpstatus="connected", server="time.google.com", tzlabel="Europe/Amsterdam"} 1
# HELP emsesp_ap_channel channel
# TYPE emsesp_ap_channel gauge
emsesp_ap_channel 1
# HELP emsesp_ap_ssidhidden ssidHidden
# TYPE emsesp_ap_ssidhidden gauge
emsesp_ap_ssidhidden 0
# HELP emsesp_ap_maxclients maxClients
# TYPE emsesp_ap_maxclients gauge
emsesp_ap_maxclients 4
# HELP emsesp_ap_info info
# TYPE emsesp_ap_info gauge
emsesp_ap_info{provisionmode="disconnected", ssid="ems-esp", security="wpa2", localip="192.168.4.1", gatewayip="192.168.4.1", subnetmask="255.255.255.0"} 1
# HELP emsesp_mqtt_mqttpublishes MQTTPublishes
# TYPE emsesp_mqtt_mqttpublishes gauge
emsesp_mqtt_mqttpublishes 46336
# HELP emsesp_mqtt_mqttqueued MQTTQueued
# TYPE emsesp_mqtt_mqttqueued gauge
emsesp_mqtt_mqttqueued 0
# HELP emsesp_mqtt_mqttpublishfails MQTTPublishFails
# TYPE emsesp_mqtt_mqttpublishfails gauge
emsesp_mqtt_mqttpublishfails 0
# HELP emsesp_mqtt_mqttreconnects MQTTReconnects
# TYPE emsesp_mqtt_mqttreconnects gauge
emsesp_mqtt_mqttreconnects 1
# HELP emsesp_mqtt_enabled enabled
# TYPE emsesp_mqtt_enabled gauge
emsesp_mqtt_enabled 1
# HELP emsesp_mqtt_keepalive keepAlive
# TYPE emsesp_mqtt_keepalive gauge
emsesp_mqtt_keepalive 60
# HELP emsesp_mqtt_cleansession cleanSession
# TYPE emsesp_mqtt_cleansession gauge
emsesp_mqtt_cleansession 0
# HELP emsesp_mqtt_entityformat entityFormat
# TYPE emsesp_mqtt_entityformat gauge
emsesp_mqtt_entityformat 1
# HELP emsesp_mqtt_discoverytype discoveryType
# TYPE emsesp_mqtt_discoverytype gauge
emsesp_mqtt_discoverytype 0
# HELP emsesp_mqtt_nestedformat nestedFormat
# TYPE emsesp_mqtt_nestedformat gauge
emsesp_mqtt_nestedformat 1
# HELP emsesp_mqtt_haenabled haEnabled
# TYPE emsesp_mqtt_haenabled gauge
emsesp_mqtt_haenabled 1
# HELP emsesp_mqtt_mqttqos mqttQos
# TYPE emsesp_mqtt_mqttqos gauge
emsesp_mqtt_mqttqos 0
# HELP emsesp_mqtt_mqttretain mqttRetain
# TYPE emsesp_mqtt_mqttretain gauge
emsesp_mqtt_mqttretain 0
# HELP emsesp_mqtt_publishtimeheartbeat publishTimeHeartbeat
# TYPE emsesp_mqtt_publishtimeheartbeat gauge
emsesp_mqtt_publishtimeheartbeat 60
# HELP emsesp_mqtt_publishtimeboiler publishTimeBoiler
# TYPE emsesp_mqtt_publishtimeboiler gauge
emsesp_mqtt_publishtimeboiler 10
# HELP emsesp_mqtt_publishtimethermostat publishTimeThermostat
# TYPE emsesp_mqtt_publishtimethermostat gauge
emsesp_mqtt_publishtimethermostat 10
# HELP emsesp_mqtt_publishtimesolar publishTimeSolar
# TYPE emsesp_mqtt_publishtimesolar gauge
emsesp_mqtt_publishtimesolar 10
# HELP emsesp_mqtt_publishtimemixer publishTimeMixer
# TYPE emsesp_mqtt_publishtimemixer gauge
emsesp_mqtt_publishtimemixer 10
# HELP emsesp_mqtt_publishtimewater publishTimeWater
# TYPE emsesp_mqtt_publishtimewater gauge
emsesp_mqtt_publishtimewater 0
# HELP emsesp_mqtt_publishtimeother publishTimeOther
# TYPE emsesp_mqtt_publishtimeother gauge
emsesp_mqtt_publishtimeother 10
# HELP emsesp_mqtt_publishtimesensor publishTimeSensor
# TYPE emsesp_mqtt_publishtimesensor gauge
emsesp_mqtt_publishtimesensor 10
# HELP emsesp_mqtt_publishsingle publishSingle
# TYPE emsesp_mqtt_publishsingle gauge
emsesp_mqtt_publishsingle 0
# HELP emsesp_mqtt_publish2command publish2command
# TYPE emsesp_mqtt_publish2command gauge
emsesp_mqtt_publish2command 0
# HELP emsesp_mqtt_sendresponse sendResponse
# TYPE emsesp_mqtt_sendresponse gauge
emsesp_mqtt_sendresponse 0
# HELP emsesp_mqtt_info info
# TYPE emsesp_mqtt_info gauge
emsesp_mqtt_info{mqttstatus="connected", clientid="ems-esp", base="ems-esp", discoveryprefix="homeassistant"} 1
# HELP emsesp_syslog_enabled enabled
# TYPE emsesp_syslog_enabled gauge
emsesp_syslog_enabled 0
# HELP emsesp_api_apicalls APICalls
# TYPE emsesp_api_apicalls gauge
emsesp_api_apicalls 2914
# HELP emsesp_api_apifails APIFails
# TYPE emsesp_api_apifails gauge
emsesp_api_apifails 3
# HELP emsesp_bus_bustelegramsreceived busTelegramsReceived
# TYPE emsesp_bus_bustelegramsreceived gauge
emsesp_bus_bustelegramsreceived 118904
# HELP emsesp_bus_busreads busReads
# TYPE emsesp_bus_busreads gauge
emsesp_bus_busreads 29731
# HELP emsesp_bus_buswrites busWrites
# TYPE emsesp_bus_buswrites gauge
emsesp_bus_buswrites 12
# HELP emsesp_bus_busincompletetelegrams busIncompleteTelegrams
# TYPE emsesp_bus_busincompletetelegrams gauge
emsesp_bus_busincompletetelegrams 4
# HELP emsesp_bus_busreadsfailed busReadsFailed
# TYPE emsesp_bus_busreadsfailed gauge
emsesp_bus_busreadsfailed 2
# HELP emsesp_bus_buswritesfailed busWritesFailed
# TYPE emsesp_bus_buswritesfailed gauge
emsesp_bus_buswritesfailed 0
# HELP emsesp_bus_busrxlinequality busRxLineQuality
# TYPE emsesp_bus_busrxlinequality gauge
emsesp_bus_busrxlinequality 100
# HELP emsesp_bus_bustxlinequality busTxLineQuality
# TYPE emsesp_bus_bustxlinequality gauge
emsesp_bus_bustxlinequality 99
# HELP emsesp_bus_info info
# TYPE emsesp_bus_info gauge
emsesp_bus_info{busstatus="connected", busprotocol="Buderus"} 1
# HELP emsesp_settings_txmode txMode
# TYPE emsesp_settings_txmode gauge
emsesp_settings_txmode 1
# HELP emsesp_settings_emsbusid emsBusID
# TYPE emsesp_settings_emsbusid gauge
emsesp_settings_emsbusid 11
# HELP emsesp_settings_showertimer showerTimer
# TYPE emsesp_settings_showertimer gauge
emsesp_settings_showertimer 0
# HELP emsesp_settings_showerminduration showerMinDuration
# TYPE emsesp_settings_showerminduration gauge
emsesp_settings_showerminduration 180
# HELP emsesp_settings_showeralert showerAlert
# TYPE emsesp_settings_showeralert gauge
emsesp_settings_showeralert 0
# HELP emsesp_settings_hideled hideLed
# TYPE emsesp_settings_hideled gauge
emsesp_settings_hideled 0
# HELP emsesp_settings_notokenapi noTokenApi
# TYPE emsesp_settings_notokenapi gauge
emsesp_settings_notokenapi 0
# HELP emsesp_settings_readonlymode readonlyMode
# TYPE emsesp_settings_readonlymode gauge
emsesp_settings_readonlymode 0
# HELP emsesp_settings_fahrenheit fahrenheit
# TYPE emsesp_settings_fahrenheit gauge
emsesp_settings_fahrenheit 0
# HELP emsesp_settings_dallasparasite dallasParasite
# TYPE emsesp_settings_dallasparasite gauge
emsesp_settings_dallasparasite 0
# HELP emsesp_settings_boolformat boolFormat
# TYPE emsesp_settings_boolformat gauge
emsesp_settings_boolformat 1
# HELP emsesp_settings_booldashboard boolDashboard
# TYPE emsesp_settings_booldashboard gauge
emsesp_settings_booldashboard 1
# HELP emsesp_settings_enumformat enumFormat
# TYPE emsesp_settings_enumformat gauge
emsesp_settings_enumformat 1
# HELP emsesp_settings_analogenabled analogEnabled
# TYPE emsesp_settings_analogenabled gauge
emsesp_settings_analogenabled 0
# HELP emsesp_settings_telnetenabled telnetEnabled
# TYPE emsesp_settings_telnetenabled gauge
emsesp_settings_telnetenabled 1
# HELP emsesp_settings_maxweblogbuffer maxWebLogBuffer
# TYPE emsesp_settings_maxweblogbuffer gauge
emsesp_settings_maxweblogbuffer 25
# HELP emsesp_settings_modbusenabled modbusEnabled
# TYPE emsesp_settings_modbusenabled gauge
emsesp_settings_modbusenabled 0
# HELP emsesp_settings_forceheatingoff forceHeatingOff
# TYPE emsesp_settings_forceheatingoff gauge
emsesp_settings_forceheatingoff 0
# HELP emsesp_settings_developermode developerMode
# TYPE emsesp_settings_developermode gauge
emsesp_settings_developermode 0
# HELP emsesp_settings_info info
# TYPE emsesp_settings_info gauge
emsesp_settings_info{boardprofile="E32V2_2", locale="en"} 1
# HELP emsesp_device_productid productID
# TYPE emsesp_device_productid gauge
emsesp_device_productid{type="boiler", name="GB*72, Trendline, Cerapur, Greenstar Si", deviceid="0x08", version="01.00"} 123
# HELP emsesp_device_entities entities
# TYPE emsesp_device_entities gauge
emsesp_device_entities{type="boiler", name="GB*72, Trendline, Cerapur, Greenstar Si", deviceid="0x08", version="01.00"} 8
emsesp_device_productid{type="thermostat", name="RC310, Moduline 1010H", deviceid="0x10", brand="Buderus", version="18.04"} 158
emsesp_device_entities{type="thermostat", name="RC310, Moduline 1010H", deviceid="0x10", brand="Buderus", version="18.04"} 3
`
