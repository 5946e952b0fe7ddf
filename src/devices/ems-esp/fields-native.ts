/** What the firmwares are known to name besides: without a vendor-neutral meaning. `hc.`, `dhw.`, `src.` stand for every such circuit. */
export const NATIVE_ONLY: Readonly<Record<string, string>> = {
  boiler:
    'reset chimneysweeper heatingoff pumpmode pumpcharacter pumpdelay lastcode servicecode maintenancemessage maintenancedate mandefrost nrgtotal metertotal uptimetotal nrgconstotal nrgconscomptotal auxelecheatnrgconstotal nrgsupptotal pvmaxcomp powerreduction hpin1 hpin1opt hpin2 hpin2opt hpin3 hpin3opt hpin4 hpin4opt maxheatcomp maxheatheat dhw.maxheat auxheatersource pvcooling auxheateronly auxheateroff auxheaterdelay auxmaxlimit auxlimitstart auxheatrmode hphystheat hphystcool hphystpool silentfrom silentto hppumpmode fan shutdown dhw.alternatingop dhw.altopprioheat dhw.altopprio dhw.hpcircpump dhw.tapactivated dhw.seltempoff dhw.type dhw.comfort dhw.comfort1 dhw.flowtempoffset dhw.chargeoptimization dhw.maxpower dhw.circpump dhw.chargetype dhw.tempok dhw.dhwprio burnminperiod absburnpow boil2hyston boil2hystoff',
  thermostat:
    'errorcode lastcode datetime hc.haclimate intoffset building damping solar hybridstrategy energycostratio fossilefactor electricfactor delayboiler pvenabledhw pvraiseheat pvlowercool hc.roominfluence hc.roominflfactor hc.curroominfl hc.nofrostmode hc.heatingtype hc.summersetmode hc.hpoperatingmode hc.controlmode hc.program hc.fastheatup hc.switchonoptimization hc.reducemode hc.dhwprio hc.hpmode hc.roomtempdiff hc.control hc.remotetemp hc.remotehum hc.heatondelay hc.heatoffdelay hc.instantstart hc.boosttime hc.coolondelay hc.cooloffdelay hc.switchprogmode hc.redthreshold hc.solarinfl hc.currsolarinfl hc.heatingpid hc.pumpopt hc.inttimefloor hc.inttime dhw.chargeduration dhw.disinfectday dhw.disinfecttime dhw.dailyheating dhw.dailyheattime display language clockoffset inttemp2 hc.holidaymode hc.holidays hc.vacations hc.vacreducemode hc.switchtime1 hc.switchtime2 dhw.progmode dhw.circprog dhw.disinfecthour dhw.onetimekey dhw.switchtime dhw.circswitchtime dhw.holidays dhw.vacations hc.daytemp2 hc.daytemp3 hc.daytemp4 hc.switchtime autodst backlight brightness mixingvalves heatingpid preheating hc.vacations1 hc.vacations2 hc.vacations3 hc.vacations4 hc.vacations5 hc.vacations6 hc.vacations7 dhw.whenmodeoff hc.reducehours hc.reduceminutes vacations hc.roomsensor hc.heatup',
  mixer: 'hc.valvesettime hc.dhwprio',
  solar:
    'energylasthour ts8 ts16 energytoday heattransfersystem externalcyl heatmetering solarpumpmode solarpumpkick plainwatermode doublematchflow pump2kick climatezone collector1area collector1type collector2area collector2type cylpriority heatcnt',
  heatpump:
    'hybridstrategy lownoisestart lownoisestop dhw.hybriddhw energypricegas energypriceel energyfeedpv compstartmod nrgtotal metertotal elgenheat dhw.elgendhw',
  switch: 'status',
  connect: 'datetime src.name src.childlock src.icon',
  extension: 'input outpow minv maxv mint maxt mode',
  heatsource:
    'ahs.vr2config ahs.apumpconfig ahs.apumpsignal ahs.temprise ahs.mixruntime ahs.bufbypass ahs.bufmixruntime ahs.bufconfig ahs.blockmode ahs.blockterm ahs.blockhyst ahs.releasewait ahs.blockremaindhw',
  ventilation: 'airquality',
  water: 'dhw.flowtempoffset dhw.tempstatus dhw.temp5 dhw.circtc dhw.errordisp',
  pool: 'poolshuntstatus',
}
